// Several senders, several workers that steal, C++ and "Java" endpoints of uneven cost: order per (sender,
// endpoint), exact counts, never two runs of one endpoint at once, accepted = handled + dead + in flight.
#include <memory>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Work;

namespace {

constexpr std::int32_t kSenders = 3;
constexpr std::int32_t kNative = 48;
constexpr std::int32_t kEndpoints = 64;  // the rest: "Java"
constexpr std::int32_t kShards = 12;

/** The Java side: checks what the C++ handlers check, plain state on purpose (ThreadSanitizer watches the
 * hand-over). */
struct Walker {
  struct Endpoint {
    bool running = false;
    std::int32_t last[kSenders + 1] = {};
    std::int64_t handled = 0;
  };
  std::vector<Endpoint> endpoints = std::vector<Endpoint>(kEndpoints);

  std::int64_t walk(core::Bytes* block, std::int32_t bytes) {
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
      CHECK(record.sequence() > endpoint.last[record.senderId()]);
      endpoint.last[record.senderId()] = record.sequence();
      const auto work = core::get<Work>(record.payload());
      CHECK_EQUAL(work.check, messages::checksum(work.stamp));
      endpoint.handled++;
      endpoint.running = false;
      records++;
    }
    return records;
  }
};

void send(TestEngine& engine, const std::vector<core::Address>& to, std::int32_t id, std::int64_t count,
          std::uint64_t seed, std::atomic<std::int64_t>& accepted) {
  Random random(seed * 31 + static_cast<std::uint64_t>(id));
  Sender sender(engine, id);
  while (sender.accepted() < count) {
    const std::int32_t target = random.below(kEndpoints);
    Work work{sender.accepted(), messages::checksum(sender.accepted()), target % 7 == 0 ? 100 : 3, 0};
    if (random.below(8) != 0) {
      CHECK_EQUAL(sender.tellBlocking(to[static_cast<std::size_t>(target)], work), 0);
      continue;
    }
    // A range of several messages, to endpoints of one shard.
    core::Address targets[4];
    Work works[4];
    for (std::int32_t i = 0; i < 4; i++) {
      targets[i] =
          to[static_cast<std::size_t>(target % kShards + kShards * random.below(kEndpoints / kShards))];
      works[i] = work;
    }
    while (sender.tellAll(targets, works, 4) != 0) {
      std::this_thread::yield();
    }
  }
  accepted.fetch_add(sender.accepted());
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  Shape shape;
  shape.shards = kShards;
  shape.workers = 3;
  shape.ringBytes = 16 * 1024;
  shape.batchRecords = 64;
  TestEngine engine(shape);
  Walker walker;
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t, std::int32_t) {
    return walker.walk(block, bytes);
  };
  std::vector<core::Address> to;
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    const std::int32_t shard = i % kShards;
    to.push_back(i < kNative ? engine.native(i, "checker", shard)
                             : engine.memory.endpoint(i, layout::rowKind::java, shard));
  }
  engine.start();
  std::atomic<std::int64_t> accepted{0};
  std::vector<std::thread> senders;
  for (std::int32_t s = 1; s <= kSenders; s++) {
    senders.emplace_back(
        [&, s] { send(engine, to, s, options.messages / kSenders + 1, options.seed, accepted); });
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  while (engine.total(layout::shard::handled) + engine.total(layout::shard::dead) < accepted) {
    std::this_thread::yield();
  }
  engine.stop();

  const messages::Observed observed = engine.observed();
  std::int64_t java = 0;
  for (const Walker::Endpoint& endpoint : walker.endpoints) {
    java += endpoint.handled;
  }
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(accepted, 0);
  CHECK_EQUAL(observed.handled + java, accepted);
  CHECK_EQUAL(observed.disorder, 0);
  CHECK_EQUAL(observed.overlaps, 0);
  CHECK_EQUAL(observed.corrupt, 0);
  std::printf("stolen turns %lld\n", static_cast<long long>(engine.total(layout::shard::stolenTurns)));
  return 0;
}
