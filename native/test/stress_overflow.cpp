// A cycle of endpoints on tiny rings, each sending more than it gets: no deadlock, order kept, every message
// accounted for.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Hop;

namespace {

constexpr std::int32_t kEndpoints = 8;
constexpr std::int32_t kFirst = 10;
constexpr std::int32_t kTtl = 6;
constexpr std::int32_t kFanOut = 2;

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  Shape shape;
  shape.shards = 4;
  shape.workers = 2;
  shape.ringBytes = 4096;
  shape.batchRecords = 64;
  shape.overflowSoftBytes = 64 * 1024;
  shape.overflowHardBytes = 256 * 1024;
  TestEngine engine(shape);
  core::Address to[kEndpoints];
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    to[i] = engine.native(kFirst + i, "hopper", i % shape.shards);
  }
  engine.start();
  std::atomic<std::int64_t> outside{0};
  std::vector<std::thread> threads;
  for (std::int32_t s = 1; s <= 2; s++) {
    threads.emplace_back([&, s] {
      Random random(options.seed * 7 + static_cast<std::uint64_t>(s));
      Sender sender(engine, s);
      while (engine.total(layout::shard::handled) < options.messages) {
        CHECK_EQUAL(sender.tellBlocking(to[random.below(kEndpoints)], Hop{kTtl, kEndpoints, kFanOut, kFirst}),
                    0);
      }
      outside.fetch_add(sender.accepted());
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (;;) {
    const std::int64_t handled = engine.total(layout::shard::handled);  // before what was accepted (R27)
    const std::int64_t accepted = outside + engine.acceptedInside();
    CHECK(handled <= accepted);
    if (handled == accepted) {
      break;
    }
    std::this_thread::yield();
  }
  engine.stop();

  const messages::Observed observed = engine.observed();
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(outside, 0);
  CHECK_EQUAL(observed.handled, outside + engine.acceptedInside());
  CHECK_EQUAL(observed.sent, engine.acceptedInside());
  CHECK_EQUAL(observed.disorder, 0);
  CHECK_EQUAL(observed.overlaps, 0);
  CHECK_EQUAL(engine.total(layout::shard::overflowBytes), 0);
  CHECK_EQUAL(engine.total(layout::shard::overflowRecords), 0);
  std::int64_t sequences = 0;
  for (const core::Address& address : to) {
    sequences += engine.region.row(address.index).read<std::int64_t>(layout::row::sequence);
  }
  CHECK_EQUAL(sequences, engine.acceptedInside());
  CHECK(engine.total(layout::shard::spilled) > 0);
  std::printf("spilled %lld, refused at the hard limit %lld\n",
              static_cast<long long>(engine.total(layout::shard::spilled)),
              static_cast<long long>(observed.refused));
  return 0;
}
