// Several senders of all priorities, several workers that steal: order per (sender, endpoint, lane), exact
// counts, never two runs of one endpoint at once.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Work;

namespace {

constexpr std::int32_t kSenders = 3;
constexpr std::int32_t kEndpoints = 16;
constexpr std::int32_t kShards = 4;
constexpr std::int32_t kLanes = 4;

/** Plain state on purpose: ThreadSanitizer watches the hand-over. */
struct Endpoint {
  bool running = false;
  std::int32_t last[kSenders + 1][kLanes] = {};
  std::int64_t handled = 0;
};

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  Shape shape;
  shape.shards = kShards;
  shape.workers = 3;
  shape.lanes = kLanes;
  shape.ringBytes = 8 * 1024;
  shape.maxMessageBytes = 512;
  shape.batchRecords = 64;
  shape.lowerEvery = 16;
  TestEngine engine(shape);
  std::vector<Endpoint> endpoints(kEndpoints);
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t lane,
                       std::int32_t) {
    const std::int32_t priority = engine.region.lane(lane).read<std::int32_t>(layout::shard::priority);
    std::int64_t records = 0;
    for (std::int32_t at = 0; at < bytes;) {
      const core::RecordView record(block + at);
      at += core::aligned(record.length());
      if (record.type() == layout::ring::padding) {
        continue;
      }
      Endpoint& endpoint = endpoints[static_cast<std::size_t>(record.target())];
      CHECK(!endpoint.running);
      endpoint.running = true;
      std::int32_t& last = endpoint.last[record.senderId()][priority];
      CHECK(record.sequence() > last);
      last = record.sequence();
      endpoint.handled++;
      endpoint.running = false;
      records++;
    }
    return records;
  };
  std::vector<core::Address> to;
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    to.push_back(engine.memory.endpoint(i, layout::rowKind::java, i % kShards));
  }
  engine.start();
  std::atomic<std::int64_t> accepted{0};
  std::vector<std::thread> senders;
  for (std::int32_t s = 1; s <= kSenders; s++) {
    senders.emplace_back([&, s] {
      Random random(options.seed * 31 + static_cast<std::uint64_t>(s));
      Sender sender(engine, s);
      while (sender.accepted() < options.messages / kSenders) {
        sender.priority = random.below(layout::priority::count);
        const Work work{sender.accepted(), messages::checksum(sender.accepted()), 0, 0};
        CHECK_EQUAL(sender.tellBlocking(to[static_cast<std::size_t>(random.below(kEndpoints))], work), 0);
      }
      accepted.fetch_add(sender.accepted());
    });
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  while (engine.total(layout::shard::handled) < accepted) {
    std::this_thread::yield();
  }
  engine.stop();
  std::int64_t handled = 0;
  for (const Endpoint& endpoint : endpoints) {
    handled += endpoint.handled;
  }
  CHECK_EQUAL(handled, accepted);
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(accepted, 0);
  return 0;
}
