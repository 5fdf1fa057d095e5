// The state word alone (R1-R3): commits and looks against takes and leaves, with the shortest turns there can
// be, so that every window is met often. A message that nobody looks for hangs, and the watchdog says so; two
// owners at once are seen at once.
#include <thread>
#include <vector>

#include "dispatch/board.hpp"
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;

namespace {

constexpr std::int32_t kLength = layout::record::headerLength + 8;

/** Waits without sleeping, giving way now and then: there may be more threads than cores. */
class Patience {
 public:
  void once() {
    if (++spins_ % 256 == 0) {
      std::this_thread::yield();
    } else {
      core::pause();
    }
  }

 private:
  int spins_ = 0;
};

void idle(std::int32_t rounds) {
  for (; rounds > 0; rounds--) {
    asm volatile("" ::: "memory");
  }
}

struct Arena {
  TestRegion memory{[] {
    Shape shape;
    shape.shards = 1;
    shape.workers = 1;
    shape.ringBytes = 4096;
    return shape;
  }()};
  core::Region region = memory.view();
  core::Board board{region};
  core::Ring ring = region.ring(0);
  std::int64_t position = 0;  // plain: the owner's, handed over by the state word
  std::atomic<std::int32_t> owners{0};
  alignas(64) std::atomic<std::int64_t> handled[2] = {};
  std::atomic<bool> done{false};
};

/** Every other burst is of one to three messages: these meet the windows between two turns. */
void produce(Arena& arena, std::int32_t id, std::int64_t count, std::uint64_t seed) {
  Random random(seed + static_cast<std::uint64_t>(id));
  for (std::int64_t sent = 0; sent < count;) {
    const bool few = random.below(2) == 0;
    const std::int64_t burst = std::min<std::int64_t>(1 + random.below(few ? 3 : 76), count - sent);
    for (std::int64_t i = 0; i < burst; i++) {
      const std::int32_t index = arena.ring.claim(kLength);
      CHECK(index >= 0);
      core::put<std::int32_t>(arena.ring.base() + index + layout::record::type, id);
      core::put<std::int64_t>(arena.ring.base() + index + layout::record::headerLength, ++sent);
      arena.ring.commit(index, kLength);
      arena.board.look(0);
      if (few) {
        idle(random.below(200));
      }
    }
    for (Patience patience; arena.handled[id].load(std::memory_order_acquire) < sent;) {
      patience.once();
    }
  }
}

void drain(Arena& arena, std::uint64_t seed) {
  Random random(seed);
  Patience patience;
  while (!arena.done.load(std::memory_order_acquire)) {
    if (!arena.board.ready(0) || !arena.board.take(0)) {
      patience.once();
      continue;
    }
    CHECK_EQUAL(arena.owners.fetch_add(1), 0);  // BOARD-1
    std::int32_t most = 1 + random.below(random.below(2) == 0 ? 4 : 64);
    std::int32_t length = 0;
    while ((length = arena.ring.lengthAt(arena.ring.index(arena.position))) > 0 && most-- > 0) {
      const core::Bytes* record = arena.ring.at(arena.position);
      const auto id = core::get<std::int32_t>(record + layout::record::type);
      const auto stamp = core::get<std::int64_t>(record + layout::record::headerLength);
      arena.position += kLength;
      arena.ring.reclaim(arena.position);
      CHECK_EQUAL(stamp, arena.handled[id].load(std::memory_order_relaxed) + 1);
      arena.handled[id].store(stamp, std::memory_order_release);
    }
    arena.owners.fetch_sub(1);
    (void)arena.board.leave(0, arena.ring.lengthAt(arena.ring.index(arena.position)) > 0);
  }
}

void phase(std::int32_t producers, std::int32_t drainers, std::int64_t messages, std::uint64_t seed) {
  Arena arena;
  std::vector<std::thread> senders;
  std::vector<std::thread> owners;
  for (std::int32_t d = 0; d < drainers; d++) {
    owners.emplace_back(drain, std::ref(arena), seed + 100 + static_cast<std::uint64_t>(d));
  }
  for (std::int32_t p = 0; p < producers; p++) {
    senders.emplace_back(produce, std::ref(arena), p, messages / producers, seed);
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  arena.done.store(true, std::memory_order_release);
  for (std::thread& owner : owners) {
    owner.join();
  }
  // accepted = handled + in flight, and nothing is in flight.
  CHECK_EQUAL(arena.handled[0] + arena.handled[1], messages / producers * producers);
  CHECK_EQUAL(arena.ring.tail(), arena.position);
  CHECK_EQUAL(arena.ring.head(), arena.position);
}

/** Two takers hammer a shard that is READY whenever nobody owns it: both see READY in one moment, again and
 * again. */
void oneOwner(std::int64_t takes) {
  Arena arena;
  std::int64_t taken = 0;  // plain: the owner's
  const auto hammer = [&] {
    for (bool more = true; more;) {
      if (!arena.board.take(0)) {
        continue;
      }
      CHECK_EQUAL(arena.owners.fetch_add(1), 0);  // BOARD-1
      more = ++taken < takes;
      const auto wait = static_cast<std::int32_t>(taken % 128);
      CHECK_EQUAL(arena.owners.fetch_sub(1), 1);
      CHECK(arena.board.leave(0, true));
      idle(wait);  // whoever has just left is as far from the next take as the other
    }
  };
  arena.board.look(0);
  std::thread other(hammer);
  hammer();
  other.join();
  CHECK_EQUAL(taken, takes + 1);  // the last of each ends it
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(400);
  oneOwner(options.messages / 10);
  phase(1, 1, options.messages / 2, options.seed);
  phase(2, 2, options.messages / 4, options.seed);
  phase(1, 2, options.messages - options.messages / 2 - options.messages / 4, options.seed);
  return 0;
}
