// Java may handle what comes behind a block before it returns (worker.stayed): counted once, handed up once.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

Shape one() {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  return shape;
}

std::int64_t stayed(const TestEngine& engine) {
  return engine.region.worker(0).read<std::int64_t>(layout::worker::stayed);
}

void awaitHandled(const TestEngine& engine, std::int64_t records) {
  while (engine.total(layout::shard::handled) < records) {
    std::this_thread::yield();
  }
}

/** The up-call of the first message takes the second, which comes meanwhile, and ends with `result`. */
void theSecondIsTakenByTheUpCallOfTheFirst(std::int64_t result) {
  TestEngine engine(one());
  const core::Address to = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender inside(engine, 2);
  std::vector<std::int64_t> positions;
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t position, std::int32_t,
                       std::int32_t) -> std::int64_t {
    positions.push_back(position);
    if (positions.size() > 1) {
      return bytes / core::aligned(core::RecordView(block).length());
    }
    CHECK_EQUAL(stayed(engine), layout::worker::mayStay);
    CHECK_EQUAL(inside.tell(to, Add{2, 2}), 0);
    engine.region.worker(0).at<std::int64_t>(layout::worker::stayed).store(bytes);
    return result;
  };
  Sender outside(engine, 1);
  CHECK_EQUAL(outside.tell(to, Add{1, 1}), 0);
  engine.start();
  awaitHandled(engine, 2);
  CHECK_EQUAL(outside.tell(to, Add{3, 3}), 0);
  awaitHandled(engine, 3);
  engine.stop();
  const std::int64_t size = core::aligned(core::RecordView::headerLength(0) + Add::fixed_length);
  CHECK_EQUAL(positions.size(), 2);
  CHECK_EQUAL(positions[1], 2 * size);
  engine.checkBalance(3, 0);
}

/** The second, taken by the up-call of the first, fails beyond telling: it is buried, and neither is handled
 * again. */
void theSecondFails() {
  TestEngine engine(one());
  const core::Address to = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender inside(engine, 2);
  std::vector<std::int64_t> positions;
  engine.onBlock = [&](core::Bytes*, std::int32_t bytes, std::int64_t position, std::int32_t,
                       std::int32_t) -> std::int64_t {
    positions.push_back(position);
    if (positions.size() > 1) {
      return 1;
    }
    CHECK_EQUAL(inside.tell(to, Add{2, 2}), 0);
    engine.region.worker(0).at<std::int64_t>(layout::worker::stayed).store(0);
    engine.region.worker(0).at<std::int64_t>(layout::worker::position).store(position + bytes);
    return -1;
  };
  Sender outside(engine, 1);
  CHECK_EQUAL(outside.tell(to, Add{1, 1}), 0);
  engine.start();
  awaitHandled(engine, 1);
  CHECK_EQUAL(outside.tell(to, Add{3, 3}), 0);
  awaitHandled(engine, 2);
  engine.stop();
  CHECK_EQUAL(positions.size(), 2);
  CHECK_EQUAL(engine.failures.size(), 1);
  engine.checkBalance(3, 1);
}

void whoInvokesIsNotHeldUp() {
  TestEngine engine(one());
  const core::Address to = engine.memory.endpoint(1, layout::rowKind::java, 0);
  engine.onBlock = [&](core::Bytes*, std::int32_t, std::int64_t, std::int32_t, std::int32_t) -> std::int64_t {
    CHECK_EQUAL(stayed(engine), 0);
    return 1;
  };
  Sender outside(engine, 1);
  CHECK_EQUAL(outside.tell(to, Add{1, 1}), 0);
  CHECK_EQUAL(engine.invoke(), 1);
}

void aBurstComesDownAgain() {
  TestEngine engine(one());
  const core::Address to = engine.memory.endpoint(1, layout::rowKind::java, 0);
  std::int64_t may = -1;
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t, std::int32_t) {
    may = stayed(engine);
    return std::int64_t{bytes / core::aligned(core::RecordView(block).length())};
  };
  Sender outside(engine, 1);
  for (int i = 0; i < 8; i++) {
    CHECK_EQUAL(outside.tell(to, Add{1, 1}), 0);
  }
  engine.start();
  awaitHandled(engine, 8);
  engine.stop();
  CHECK_EQUAL(may, 0);
}

}  // namespace

int main() {
  watchdog(60);
  theSecondIsTakenByTheUpCallOfTheFirst(2);
  theSecondIsTakenByTheUpCallOfTheFirst(-1);  // it failed behind the block: R13 goes on behind both
  theSecondFails();
  whoInvokesIsNotHeldUp();
  aBurstComesDownAgain();
  return 0;
}
