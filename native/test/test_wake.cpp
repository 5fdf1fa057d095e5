// BOARD-3: a shard that is left READY is not left to a worker that is busy elsewhere.
#include <chrono>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

constexpr std::int32_t kBatch = 4;

/** Commits without the look, so that nobody is woken; the state word is set behind it. */
void sendSilently(const TestEngine& engine, core::Address to, std::int32_t count) {
  const std::int32_t shard = engine.region.row(to.index).home().shard();
  const core::Ring ring = engine.region.ring(shard);
  for (std::int32_t i = 1; i <= count; i++) {
    const core::Envelope envelope{.type = Add::schema_id, .target = to, .senderId = 1, .sequence = i};
    const std::int32_t length = envelope.recordLength(Add::fixed_length);
    const std::int32_t index = ring.claim(core::aligned(length));
    CHECK(index >= 0);
    std::memset(envelope.encode(ring.base() + index), 0, Add::fixed_length);
    ring.commit(index, length);
  }
  core::word<std::int32_t>(engine.region.board() + std::int64_t{layout::state::lengthBytes} * shard)
      .store(layout::state::ready);
}

/**
 * Worker 1 is parked. Worker 0 handles a batch of shard 0, leaves the rest, as shard 2 is ready, and goes to
 * shard 2, whose handler waits until shard 0 is done: somebody else must have been woken for it.
 */
void round() {
  Shape shape;
  shape.shards = 4;
  shape.workers = 2;
  shape.spins = 0;
  shape.yields = 0;
  shape.batchRecords = kBatch;
  TestEngine engine(shape);
  const core::Address many = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Address waits = engine.memory.endpoint(2, layout::rowKind::java, 2);
  std::atomic<std::int32_t> handled{0};
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t shard,
                       std::int32_t) -> std::int64_t {
    const std::int32_t records = bytes / core::aligned(core::RecordView(block).length());
    if (shard == 0) {
      handled.fetch_add(records);
    } else {
      const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
      while (handled <= kBatch) {
        CHECK(std::chrono::steady_clock::now() < until);
        std::this_thread::yield();
      }
    }
    return records;
  };
  std::thread other([&] { CHECK_EQUAL(talaria_worker_run(engine.handle, 1), 0); });
  while ((engine.region.header().at<std::int64_t>(layout::header::parked).load() & 2) == 0 ||
         engine.region.worker(1).at<std::int64_t>(layout::worker::parks).load() == 0) {
    std::this_thread::yield();
  }
  sendSilently(engine, waits, 1);
  sendSilently(engine, many, kBatch + 1);
  std::thread first([&] { CHECK_EQUAL(talaria_worker_run(engine.handle, 0), 0); });
  while (engine.total(layout::shard::handled) < kBatch + 2) {
    std::this_thread::yield();
  }
  engine.stop();
  first.join();
  other.join();
  engine.checkBalance(kBatch + 2, 0);
}

}  // namespace

int main() {
  watchdog(100);
  for (int i = 0; i < 200; i++) {
    round();
  }
  return 0;
}
