// Hand-offs to workers that park at once and for ever: a lost wake-up hangs, and the watchdog says so. Every
// other one is of a single message, the rest are bursts to one shard.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

constexpr std::int32_t kSenders = 2;
constexpr std::int32_t kShards = 4;
constexpr std::int32_t kMostABurst = 200;

/** The newest message of each sender that was answered. */
using Answers = std::atomic<std::int32_t>[kSenders + 1];

std::int64_t answer(Answers& answers, core::Bytes* block, std::int32_t bytes) {
  std::int32_t newest[kSenders + 1] = {};
  std::int64_t records = 0;
  for (std::int32_t at = 0; at < bytes;) {
    const core::RecordView record(block + at);
    at += core::aligned(record.length());
    if (record.type() != layout::ring::padding) {
      newest[record.senderId()] = record.sequence();
      records++;
    }
  }
  for (std::int32_t id = 1; id <= kSenders; id++) {
    if (newest[id] != 0) {
      answers[id].store(newest[id]);
      answers[id].notify_one();
    }
  }
  return records;
}

void send(TestEngine& engine, const core::Address* to, Answers& answers, std::int32_t id, std::int64_t count,
          std::uint64_t seed) {
  Random random(seed + static_cast<std::uint64_t>(id));
  Sender sender(engine, id);
  while (sender.accepted() < count) {
    const core::Address target = to[random.below(kShards)];
    const std::int32_t burst = random.below(2) == 0 ? 1 : 1 + random.below(kMostABurst);
    for (std::int32_t i = 0; i < burst && sender.accepted() < count; i++) {
      CHECK_EQUAL(sender.tellBlocking(target, Add{}), 0);
    }
    const auto last = static_cast<std::int32_t>(sender.accepted());
    for (std::int32_t seen = answers[id].load(); seen != last; seen = answers[id].load()) {
      answers[id].wait(seen);
    }
  }
}

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
  Answers answers = {};
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t, std::int32_t) {
    return answer(answers, block, bytes);
  };
  core::Address to[kShards];
  for (std::int32_t s = 0; s < kShards; s++) {
    to[s] = engine.memory.endpoint(s + 1, layout::rowKind::java, s);
  }
  engine.start();
  const std::int64_t each = (options.messages + kSenders - 1) / kSenders;
  std::vector<std::thread> senders;
  for (std::int32_t id = 1; id <= kSenders; id++) {
    senders.emplace_back([&, id] { send(engine, to, answers, id, each, options.seed); });
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  engine.stop();
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(each * kSenders, 0);
  std::int64_t parks = 0;
  for (std::int32_t w = 0; w < shape.workers; w++) {
    parks += engine.region.worker(w).read<std::int64_t>(layout::worker::parks);
  }
  std::printf("parks %lld\n", static_cast<long long>(parks));
  CHECK(parks > 0);
  return 0;
}
