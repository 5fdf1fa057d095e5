// Closing under load, again and again (R28): home words CLOSED, what was accepted is handled, later sends say
// CLOSED, counts exact.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Work;

namespace {

constexpr std::int32_t kEndpoints = 8;
constexpr std::int32_t kSenders = 2;
constexpr std::int64_t kPerRound = 20000;  // on the average

/** Returns how many messages were accepted. */
std::int64_t round(std::uint64_t seed) {
  Shape shape;
  shape.shards = 4;
  shape.workers = 2;
  shape.ringBytes = 16 * 1024;
  TestEngine engine(shape);
  const std::int64_t before = engine.observed().handled;
  core::Address to[kEndpoints];
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    to[i] = engine.native(i, "checker", i % shape.shards);
  }
  engine.start();
  std::atomic<std::int64_t> accepted{0};
  std::atomic<std::int64_t> progress{0};
  std::vector<std::thread> senders;
  for (std::int32_t id = 1; id <= kSenders; id++) {
    senders.emplace_back([&, id] {
      Random random(seed + static_cast<std::uint64_t>(id));
      Sender sender(engine, id);
      for (;;) {
        const Work work{sender.accepted(), messages::checksum(sender.accepted()), 1, 0};
        const std::int32_t outcome = sender.tellBlocking(to[random.below(kEndpoints)], work);
        if (outcome == layout::outcome::closed) {
          break;
        }
        CHECK_EQUAL(outcome, layout::outcome::accepted);
        progress.fetch_add(1, std::memory_order_relaxed);
      }
      accepted.fetch_add(sender.accepted());
    });
  }
  Random random(seed);
  const std::int64_t until = random.below(static_cast<std::int32_t>(2 * kPerRound));
  while (progress.load() < until) {
    std::this_thread::yield();
  }
  engine.memory.setState(layout::engineState::draining);
  for (const core::Address& address : to) {
    engine.memory.setHomeState(address.index, layout::homeState::closed);
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  // Drain to T: every claim was made before the senders ended.
  for (std::int32_t s = 0; s < shape.shards; s++) {
    while (engine.shardWord(s, layout::shard::drained) < engine.region.ring(s).tail()) {
      std::this_thread::yield();
    }
  }
  engine.stop();
  CHECK_EQUAL(engine.total(layout::shard::handled), accepted);
  CHECK_EQUAL(engine.total(layout::shard::dead), 0);
  CHECK_EQUAL(engine.observed().handled - before, accepted);
  CHECK_EQUAL(engine.observed().disorder, 0);
  Sender late(engine, 9);
  CHECK_EQUAL(late.tell(to[0], Work{}), layout::outcome::closed);
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(accepted, 0);
  return accepted;
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  std::uint64_t rounds = 0;
  for (std::int64_t sum = 0; sum < options.messages; rounds++) {
    sum += round(options.seed + rounds);
  }
  std::printf("rounds %llu\n", static_cast<unsigned long long>(rounds));
  return 0;
}
