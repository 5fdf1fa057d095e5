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

struct Arena {
  TestRegion memory{[] {
    Shape shape;
    shape.shards = 1;
    shape.workers = 1;
    shape.ringBytes = 1024;
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

void produce(Arena& arena, std::int32_t id, std::int64_t count, std::uint64_t seed) {
  Random random(seed + static_cast<std::uint64_t>(id));
  for (std::int64_t sent = 0; sent < count;) {
    for (std::int32_t burst = 1 + random.below(3); burst > 0; burst--) {
      const std::int32_t index = arena.ring.claim(kLength);
      CHECK(index >= 0);
      core::put<std::int32_t>(arena.ring.base() + index + layout::record::type, id);
      core::put<std::int64_t>(arena.ring.base() + index + layout::record::headerLength, ++sent);
      arena.ring.commit(index, kLength);
      arena.board.look(0);
      for (std::int32_t wait = random.below(200); wait > 0; wait--) {
        asm volatile("" ::: "memory");
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
    std::int32_t most = 1 + random.below(4);
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
}

/** Two takers go for one READY shard in the same moment, round after round: exactly one may win (BOARD-1). */
void oneWinner(std::int64_t rounds) {
  Arena arena;
  std::atomic<std::int64_t> round{0};
  std::atomic<std::int64_t> finished{0};
  std::atomic<std::int32_t> wins{0};
  std::thread other([&] {
    Patience patience;
    for (std::int64_t r = 1; r <= rounds; r++) {
      while (round.load(std::memory_order_acquire) < r) {
        patience.once();
      }
      wins.fetch_add(arena.board.take(0) ? 1 : 0);
      finished.store(r, std::memory_order_release);
    }
  });
  Patience patience;
  for (std::int64_t r = 1; r <= rounds; r++) {
    wins.store(0);
    arena.board.look(0);
    round.store(r, std::memory_order_release);
    for (std::int64_t wait = r % 64; wait > 0; wait--) {  // the other one needs a moment to see the round
      asm volatile("" ::: "memory");
    }
    wins.fetch_add(arena.board.take(0) ? 1 : 0);
    while (finished.load(std::memory_order_acquire) < r) {
      patience.once();
    }
    CHECK_EQUAL(wins.load(), 1);
    CHECK(!arena.board.leave(0, false));
  }
  other.join();
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(400);
  oneWinner(options.messages);
  phase(1, 1, options.messages / 2, options.seed);
  phase(2, 2, options.messages / 4, options.seed);
  phase(1, 2, options.messages / 4, options.seed);
  return 0;
}
