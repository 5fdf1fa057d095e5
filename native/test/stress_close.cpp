// Closing under load, again and again (R28): home words CLOSED, then the tail T of each shard; what lies
// below T is handled, after the deadline it is dead-lettered; the workers are joined. Nothing is accepted
// behind T, later sends say CLOSED, accepted = handled + dead.
#include <array>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Work;

namespace {

constexpr std::int32_t kEndpoints = 8;
constexpr std::int32_t kShards = 4;
constexpr std::int32_t kSenders = 2;
constexpr std::int64_t kPerRound = 20000;  // on the average

/** What the Java side does with a block: handled where the home word says so, dead where it says STOPPED. */
class UpCalls {
 public:
  explicit UpCalls(TestEngine& engine) : engine_(engine) {
    engine.onBlock = [this](core::Bytes* block, std::int32_t bytes, std::int64_t position, std::int32_t shard,
                            std::int32_t) { return walk(block, bytes, position, shard); };
  }

  /** End of the last message that came up from a shard. */
  [[nodiscard]] std::int64_t end(std::int32_t shard) const {
    return ends_[static_cast<std::size_t>(shard)].load();
  }

 private:
  std::int64_t walk(core::Bytes* block, std::int32_t bytes, std::int64_t position, std::int32_t shard) {
    std::int64_t counts = 0;
    for (std::int32_t at = 0; at < bytes;) {
      const core::RecordView record(block + at);
      const std::int32_t next = at + core::aligned(record.length());
      if (record.type() != layout::ring::padding) {
        const bool handles = engine_.region.row(record.target()).home().handles(record.generation());
        counts += handles ? 1 : std::int64_t{1} << 32;
        ends_[static_cast<std::size_t>(shard)].store(position + next);  // one drainer a shard (I1)
      }
      at = next;
    }
    return counts;
  }

  TestEngine& engine_;
  std::array<std::atomic<std::int64_t>, kShards> ends_{};
};

void setHomes(const TestEngine& engine, int state) {
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    engine.memory.setHomeState(i, state);
  }
}

std::array<std::int64_t, kShards> tails(const TestEngine& engine) {
  std::array<std::int64_t, kShards> tails{};
  for (std::int32_t s = 0; s < kShards; s++) {
    tails[static_cast<std::size_t>(s)] = engine.region.ring(s).tail();
  }
  return tails;
}

/** R28. Senders go on meanwhile. Returns T of each shard. */
std::array<std::int64_t, kShards> close(TestEngine& engine, bool late) {
  engine.memory.setState(layout::engineState::draining);
  setHomes(engine, layout::homeState::closed);
  const std::array<std::int64_t, kShards> until =
      tails(engine);  // behind the words: who claims later reads CLOSED
  if (late) {
    setHomes(engine, layout::homeState::stopped);  // the deadline has passed
  }
  for (std::int32_t s = 0; s < kShards; s++) {
    while (engine.shardWord(s, layout::shard::drained) < until[static_cast<std::size_t>(s)]) {
      std::this_thread::yield();
    }
  }
  engine.stop();
  return until;
}

void sendUntilClosed(TestEngine& engine, const core::Address* to, Sender& sender, Random random,
                     std::atomic<std::int64_t>& progress) {
  core::Address target;
  std::int32_t outcome = layout::outcome::accepted;
  do {
    target = to[random.below(kEndpoints)];
    const Work work{sender.accepted(), messages::checksum(sender.accepted()), 1, 0};
    outcome = sender.tellBlocking(target, work);
    progress.fetch_add(1, std::memory_order_relaxed);
  } while (outcome == layout::outcome::accepted);
  CHECK_EQUAL(outcome, layout::outcome::closed);
  // It says so again, whatever becomes of the engine meanwhile.
  CHECK_EQUAL(sender.tell(target, Work{}), layout::outcome::closed);
  CHECK(engine.region.engineState() >= layout::engineState::draining);
}

struct Totals {
  std::int64_t accepted = 0;
  std::int64_t dead = 0;
};

Totals round(std::uint64_t seed) {
  Random random(seed);
  Shape shape;
  shape.shards = kShards;
  shape.workers = 2;
  shape.ringBytes = 16 * 1024;
  TestEngine engine(shape);
  const UpCalls upCalls(engine);
  core::Address to[kEndpoints];
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    // On each shard one of either: handled in place, and by an up-call.
    const std::int32_t shard = i % kShards;
    to[i] = i < kShards ? engine.native(i, "checker", shard)
                        : engine.memory.endpoint(i, layout::rowKind::java, shard);
  }
  engine.start();
  std::atomic<std::int64_t> accepted{0};
  std::atomic<std::int64_t> progress{0};
  std::vector<std::thread> senders;
  for (std::int32_t id = 1; id <= kSenders; id++) {
    senders.emplace_back([&, id] {
      Sender sender(engine, id);
      sendUntilClosed(engine, to, sender, Random(seed + static_cast<std::uint64_t>(id)), progress);
      accepted.fetch_add(sender.accepted());
    });
  }
  const std::int64_t until = random.below(static_cast<std::int32_t>(2 * kPerRound));
  while (progress.load() < until) {
    std::this_thread::yield();
  }
  const bool late = random.below(2) == 0;
  const std::array<std::int64_t, kShards> closedAt = close(engine, late);
  for (std::thread& sender : senders) {
    sender.join();
  }
  for (std::int32_t s = 0; s < kShards; s++) {
    CHECK(upCalls.end(s) <= closedAt[static_cast<std::size_t>(s)]);  // nothing was accepted behind T
  }
  const std::int64_t dead = engine.total(layout::shard::dead);
  CHECK(late || dead == 0);
  CHECK_EQUAL(engine.inFlight(), 0);
  CHECK_EQUAL(engine.total(layout::shard::handled) + dead, accepted);
  CHECK_EQUAL(engine.observed().disorder, 0);
  return {accepted, dead};
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  std::uint64_t rounds = 0;
  Totals sum;
  for (; sum.accepted < options.messages; rounds++) {
    const Totals totals = round(options.seed + rounds);
    sum.accepted += totals.accepted;
    sum.dead += totals.dead;
  }
  CHECK(options.messages < 50 * kPerRound || sum.dead > 0);  // the deadline was met by messages that waited
  std::printf("rounds %llu, dead %lld\n", static_cast<unsigned long long>(rounds),
              static_cast<long long>(sum.dead));
  return 0;
}
