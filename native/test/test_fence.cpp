// BOARD-4 where membarrier() fails: this program brings its own membarrier(), so that the core's is not
// linked.
#include <atomic>

#include "dispatch/membarrier.hpp"
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

std::atomic<bool> works{false};
std::atomic<int> calls{0};

}  // namespace

namespace talaria::core {

bool membarrierUsable() { return true; }

bool membarrier() {
  const bool result = works.load();
  calls.fetch_add(1);
  return result;
}

}  // namespace talaria::core

namespace {

constexpr int kMany = 5000;  // more than a stay must handle before it asks senders to leave out the fence

std::int32_t state(const TestEngine& engine) {
  return core::word<std::int32_t>(engine.region.board()).load();
}

std::int32_t unfenced(const TestEngine& engine) {
  return engine.region.shard(0).at<std::int32_t>(layout::shard::unfenced).load();
}

void sendMany(Sender& sender, core::Address to) {
  for (int i = 0; i < kMany; i++) {
    CHECK_EQUAL(sender.tell(to, Add{}), 0);
  }
}

/** Waits until membarrier() was called so many times more. */
void awaitCalls(int more) {
  const int until = calls + more;
  while (calls < until) {
    std::this_thread::yield();
  }
}

void awaitIdle(const TestEngine& engine) {
  while (state(engine) != layout::state::idle) {
    std::this_thread::yield();
  }
}

struct Bench {
  TestEngine engine{[] {
    Shape shape;
    shape.shards = 1;
    shape.workers = 1;
    shape.ringBytes = 512 * 1024;
    return shape;
  }()};
  core::Address to = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender{engine, 1};
};

void aFailedBarrierKeepsTheShardReady() {
  works = false;
  Bench bench;
  sendMany(bench.sender, bench.to);
  bench.engine.start();
  awaitCalls(1);
  for (int i = 0; i < 20; i++) {
    awaitCalls(1);  // turn after turn: the shard is never left alone
    CHECK(state(bench.engine) != layout::state::idle);
    CHECK_EQUAL(unfenced(bench.engine), 0);
  }
  works = true;
  awaitIdle(bench.engine);
  // Never again: senders fence now, so that no barrier is due.
  bench.engine.stop();
  const int before = calls;
  sendMany(bench.sender, bench.to);
  bench.engine.memory.setState(layout::engineState::running);
  bench.engine.start();
  awaitIdle(bench.engine);
  CHECK_EQUAL(calls.load(), before);
  CHECK_EQUAL(unfenced(bench.engine), 0);
  bench.engine.stop();
  bench.engine.checkBalance(2 * kMany, 0);
}

void aBarrierThatWorksIsOneALongStay() {
  works = true;
  const int before = calls;
  Bench bench;
  sendMany(bench.sender, bench.to);
  bench.engine.start();
  awaitIdle(bench.engine);
  CHECK_EQUAL(calls - before, 1);
  CHECK_EQUAL(unfenced(bench.engine), 0);
  bench.engine.stop();
  bench.engine.checkBalance(kMany, 0);
}

}  // namespace

int main() {
  watchdog(30);
  aFailedBarrierKeepsTheShardReady();
  aBarrierThatWorksIsOneALongStay();
  return 0;
}
