// No memory where it is needed: sends are refused or end as dead letters, and the shard goes on. The linker
// leads every malloc and realloc of the core through here (CMakeLists.txt).
#include <cstdlib>
#include <limits>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Hop;

namespace {

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
std::size_t failFrom = kAny;  // requests of so many bytes fail

}  // namespace

extern "C" {
void* __real_malloc(std::size_t bytes);
void* __real_realloc(void* from, std::size_t bytes);
void* __wrap_malloc(std::size_t bytes) { return bytes >= failFrom ? nullptr : __real_malloc(bytes); }
void* __wrap_realloc(void* from, std::size_t bytes) {
  return bytes >= failFrom ? nullptr : __real_realloc(from, bytes);
}
}

namespace {

constexpr std::size_t kChunk = 64 * 1024;  // the overflow's pieces; lanes of the outbox are smaller here

Shape tiny() {
  Shape shape;
  shape.shards = 2;
  shape.workers = 1;
  shape.ringBytes = 1024;
  return shape;
}

void runDry(TestEngine& engine) {
  while (engine.invoke() != 0) {
  }
}

void withoutAnOverflowAcceptedSendsAreDeadLetters() {
  TestEngine engine(tiny());
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 100, 10}), 0);
  failFrom = kChunk;
  engine.invoke();
  failFrom = kAny;
  const std::int64_t dead = engine.total(layout::shard::dead);
  CHECK(dead > 0 && dead < 100);
  CHECK_EQUAL(engine.failures.size(), dead);
  for (const Failure& failure : engine.failures) {
    CHECK_EQUAL(failure.reason, layout::reason::overflow);
    CHECK_EQUAL(failure.type, Hop::schema_id);
  }
  // The shard was given back, and the next sends go as ever.
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 100, 10}), 0);
  runDry(engine);
  CHECK_EQUAL(engine.seen.size(), 200 - dead);
  CHECK_EQUAL(engine.acceptedInside(), 200);
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(2, dead);
}

void withoutAnOutboxSendsAreRefused() {
  TestEngine engine(tiny());
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 3, 10}), 0);
  failFrom = 1;
  engine.invoke();
  failFrom = kAny;
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::refused), 3);
  CHECK_EQUAL(engine.region.row(10).read<std::int64_t>(layout::row::sequence), 0);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 3, 10}), 0);
  runDry(engine);
  CHECK_EQUAL(engine.seen.size(), 3);
  engine.checkBalance(2, 0);
}

void anAppendFromOutsideSaysSo() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  core::Bytes record[40] = {};
  core::Envelope{.type = Hop::schema_id, .target = a, .senderId = 7, .sequence = 1}.encode(record);
  core::put<std::int32_t>(record, 40);
  const auto append = [&] {
    return talaria_overflow_append(engine.handle, 0, reinterpret_cast<std::int64_t>(&record[0]), 40);
  };
  failFrom = kChunk;
  CHECK_EQUAL(append(), layout::outcome::backPressured);
  failFrom = kAny;
  CHECK_EQUAL(talaria_overflow_bytes(engine.handle, 0), 0);
  CHECK(engine.board.ready(0));  // R5, in every case
  CHECK_EQUAL(append(), 0);
  runDry(engine);
  CHECK_EQUAL(engine.seen.size(), 1);
  engine.checkBalance(1, 0);
}

}  // namespace

int main() {
  watchdog(100);
  withoutAnOverflowAcceptedSendsAreDeadLetters();
  withoutAnOutboxSendsAreRefused();
  anAppendFromOutsideSaysSo();
  return 0;
}
