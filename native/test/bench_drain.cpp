// How fast one sender and one worker are, without Java: bench_drain [messages]. Orientation only; bench/ has
// the real ones.
#include <chrono>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

enum class To { kBlocks, kHandler };

double run(std::int32_t ringBytes, std::int32_t batch, To kind, std::int64_t count) {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  shape.ringBytes = ringBytes;
  shape.batchRecords = 1024;
  shape.blockBytes = 64 * 1024;
  shape.patienceNs = 1000;
  shape.spins = 1000;
  TestEngine engine(shape);
  double sum = 0;
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t, std::int32_t) {
    std::int64_t records = 0;
    for (std::int32_t at = 0; at < bytes;) {
      const core::RecordView record(block + at);
      if (record.type() != layout::ring::padding) {
        sum += core::get<double>(record.payload());
        records++;
      }
      at += core::aligned(record.length());
    }
    return records;
  };
  const core::Address to = kind == To::kBlocks ? engine.memory.endpoint(1, layout::rowKind::java, 0)
                                               : engine.native(1, "adder", 0);
  engine.start();
  const auto start = std::chrono::steady_clock::now();
  Sender sender(engine, 1);
  std::vector<core::Address> targets(static_cast<std::size_t>(batch), to);
  std::vector<messages::Work> works(static_cast<std::size_t>(batch));
  while (sender.accepted() < count) {
    if (batch == 1) {
      while (sender.tell(to, Add{1, 1}) != 0) {
        core::pause();
      }
    } else if (sender.tellAll(targets.data(), works.data(), batch) != 0) {
      core::pause();
    }
  }
  while (engine.total(layout::shard::handled) + engine.total(layout::shard::dead) < sender.accepted()) {
    core::pause();
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  engine.stop();
  return static_cast<double>(sender.accepted()) / elapsed.count() / 1e6;
}

}  // namespace

int main(int count, char** values) {
  const std::int64_t messages = count > 1 ? std::atoll(values[1]) : 5'000'000;
  for (const std::int32_t ring : {256 << 10, 1 << 20, 8 << 20}) {
    for (int repeat = 0; repeat < 3; repeat++) {
      std::printf("ring %4d KiB: blocks %6.1f M/s, handler %6.1f M/s, blocks in claims of 8 %6.1f M/s\n",
                  ring >> 10, run(ring, 1, To::kBlocks, messages), run(ring, 1, To::kHandler, messages),
                  run(ring, 8, To::kBlocks, messages));
    }
  }
  return 0;
}
