// Single hand-offs to workers that park at once and for ever: a lost wake-up hangs, and the watchdog says so.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {
constexpr std::int32_t kSenders = 2;
constexpr std::int32_t kShards = 4;
}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(400);
  Shape shape;
  shape.shards = kShards;
  shape.workers = 2;
  shape.spins = 0;
  shape.yields = 0;
  shape.patienceNs = 0;
  TestEngine engine(shape);
  std::atomic<std::int32_t> answered[kSenders + 1] = {};
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t, std::int32_t) {
    std::int64_t records = 0;
    for (std::int32_t at = 0; at < bytes; records++) {
      const core::RecordView record(block + at);
      at += core::aligned(record.length());
      if (record.type() == layout::ring::padding) {
        records--;
      } else {
        answered[record.senderId()].store(record.sequence());
        answered[record.senderId()].notify_one();
      }
    }
    return records;
  };
  core::Address to[kShards];
  for (std::int32_t s = 0; s < kShards; s++) {
    to[s] = engine.memory.endpoint(s + 1, layout::rowKind::java, s);
  }
  engine.start();
  std::vector<std::thread> senders;
  for (std::int32_t id = 1; id <= kSenders; id++) {
    senders.emplace_back([&, id] {
      Random random(options.seed + static_cast<std::uint64_t>(id));
      Sender sender(engine, id);
      for (std::int32_t i = 1; i <= options.messages / kSenders; i++) {
        CHECK_EQUAL(sender.tellBlocking(to[random.below(kShards)], Add{}), 0);
        answered[id].wait(i - 1);
      }
    });
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  engine.stop();
  std::int64_t parks = 0;
  for (std::int32_t w = 0; w < shape.workers; w++) {
    parks += engine.region.worker(w).read<std::int64_t>(layout::worker::parks);
  }
  std::printf("parks %lld\n", static_cast<long long>(parks));
  CHECK(parks > 0);
  return 0;
}
