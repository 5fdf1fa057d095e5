// Overflow (R16, R17): order behind a full ring, limits, moved targets, the flag.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Hop;

namespace {

Shape tiny() {
  Shape shape;
  shape.shards = 2;
  shape.workers = 1;
  shape.ringBytes = 1024;
  return shape;
}

std::int32_t flag(const TestEngine& engine, std::int32_t shard) {
  return engine.region.shard(shard).read<std::int32_t>(layout::shard::overflowFlag);
}

/** Encodes records of 40 bytes for talaria_overflow_append. */
std::vector<core::Bytes> records(core::Address to, std::int32_t count, std::int32_t firstSequence = 1) {
  std::vector<core::Bytes> bytes(static_cast<std::size_t>(count) * 40);
  for (std::int32_t i = 0; i < count; i++) {
    core::Bytes* record = bytes.data() + i * 40;
    core::Envelope{.type = Hop::schema_id, .target = to, .senderId = 7, .sequence = firstSequence + i}.encode(
        record);
    core::put<std::int32_t>(record, 40);
  }
  return bytes;
}

std::int32_t append(const TestEngine& engine, std::int32_t shard, const std::vector<core::Bytes>& bytes) {
  return talaria_overflow_append(engine.handle, shard, reinterpret_cast<std::int64_t>(bytes.data()),
                                 static_cast<std::int32_t>(bytes.size()));
}

void handlersSpillAndOrderIsKept() {
  TestEngine engine(tiny());
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 100, 10}), 0);  // 100 sends of 40 bytes to a ring of 1,024
  engine.invoke();
  CHECK(engine.shardWord(1, layout::shard::spilled) > 0);
  for (int i = 0; i < 100 && engine.seen.size() < 100; i++) {
    engine.invoke();
  }
  CHECK_EQUAL(engine.seen.size(), 100);
  for (std::size_t i = 0; i < 100; i++) {
    CHECK_EQUAL(engine.seen[i].sequence, i + 1);
  }
  CHECK_EQUAL(flag(engine, 1), 0);
  CHECK_EQUAL(talaria_overflow_bytes(engine.handle, 1), 0);
  CHECK_EQUAL(engine.shardWord(1, layout::shard::overflowRecords), 0);
  CHECK_EQUAL(engine.invoke(), 0);
}

void outsideSendersSeeAFlaggedShardAsFull() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  CHECK_EQUAL(append(engine, 0, records(a, 1)), 0);
  CHECK_EQUAL(flag(engine, 0), 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(a, Hop{}), layout::outcome::backPressured);
  CHECK_EQUAL(engine.invoke(), 2);  // one flushed, one handled
  CHECK_EQUAL(sender.tell(a, Hop{}), 0);
}

/** Whose sends were gathered before the limit was reached, has had its answer: only later sends are refused.
 */
void theHardLimitRefusesSendsAndNoAppends() {
  Shape shape = tiny();
  shape.overflowHardBytes = 400;
  TestEngine engine(shape);
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  CHECK_EQUAL(append(engine, 0, records(a, 9)), 0);
  CHECK_EQUAL(append(engine, 0, records(a, 2, 10)), 0);
  CHECK_EQUAL(talaria_overflow_bytes(engine.handle, 0), 440);
  const core::Address hopper = engine.native(2, "hopper", 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(hopper.index, 2);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 1, 1}),
              0);  // sends one to endpoint 1, whose shard is over the limit
  CHECK_EQUAL(engine.region.row(2).read<std::int64_t>(layout::row::sequence), 0);
  // Shard 0 is served first and would make room: keep it away by taking it.
  CHECK(engine.board.take(0));
  engine.invoke();
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::refused), 1);
  CHECK(engine.board.leave(0, true));
  while (engine.invoke() != 0) {
  }
  CHECK_EQUAL(engine.seen.size(), 11);
  engine.checkBalance(12, 0);
}

/** R5: an append leaves the shard READY, whatever it appended. */
void everyAppendEndsWithTheLook() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Address b = engine.memory.endpoint(2, layout::rowKind::java, 1);
  CHECK_EQUAL(append(engine, 0, records(a, 1)), 0);
  CHECK(engine.board.ready(0));
  CHECK_EQUAL(engine.invoke(), 2);
  CHECK(!engine.board.ready(0));
  CHECK_EQUAL(append(engine, 0, records(b, 1)), 0);  // all of it lives on shard 1
  CHECK(engine.board.ready(0));
  CHECK(engine.board.ready(1));
  CHECK_EQUAL(append(engine, 9, records(a, 1)), -1);
}

/** OVER-1: the shard's ring has room while earlier sends still wait in its overflow. */
void nothingOvertakesWhatWaits() {
  TestEngine engine(tiny());
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 100, 10}), 0);
  engine.invoke();  // shard 0 sends and spills; shard 1 drains its ring, and the rest waits
  CHECK_EQUAL(flag(engine, 1), 1);
  CHECK_EQUAL(engine.region.ring(1).head(), engine.region.ring(1).tail());
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 100, 10}), 0);
  for (int i = 0; i < 100 && engine.seen.size() < 200; i++) {
    engine.invoke();
  }
  CHECK_EQUAL(engine.seen.size(), 200);
  for (std::size_t i = 0; i < 200; i++) {
    CHECK_EQUAL(engine.seen[i].sequence, i + 1);
  }
  engine.checkBalance(2, 0);
}

void recordsFollowAMovedTarget() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Address b = engine.memory.endpoint(2, layout::rowKind::java, 1);
  std::vector<core::Bytes> both = records(a, 1);
  const std::vector<core::Bytes> other = records(b, 1, 2);
  both.insert(both.end(), other.begin(), other.end());
  const std::vector<core::Bytes> third = records(a, 1, 3);
  both.insert(both.end(), third.begin(), third.end());
  // The second lives on shard 1 by now: it goes there, and the third behind it to where it lives (MOVE-2).
  CHECK_EQUAL(append(engine, 0, both), 0);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::overflowRecords), 2);
  CHECK_EQUAL(engine.shardWord(1, layout::shard::overflowRecords), 0);
  CHECK(engine.region.ring(1).tail() > 0);
  engine.invoke();
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 2);
  CHECK_EQUAL(engine.shardWord(1, layout::shard::handled), 1);
}

void theSoftLimitDelaysTheSendingShardForATime() {
  Shape shape = tiny();
  shape.overflowSoftBytes = 100;
  shape.shards = 2;
  TestEngine engine(shape);
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 100, 10}), 0);
  CHECK_EQUAL(sender.tell(hopper, Hop{1, 2, 1, 10}), 0);
  while (engine.seen.size() < 101) {
    engine.invoke();  // the delay ends by itself
  }
  CHECK_EQUAL(engine.total(layout::shard::handled), 103);
}

void aRecordAsLargeAsItGetsPassesTheOverflow() {
  Shape shape = tiny();
  shape.maxMessageBytes = 1000;
  TestEngine engine(shape);
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  std::vector<core::Bytes> big(1000);
  core::Envelope{.type = Hop::schema_id, .target = a, .senderId = 7, .sequence = 2}.encode(big.data());
  core::put<std::int32_t>(big.data(), 1000);
  CHECK_EQUAL(append(engine, 0, records(a, 1)), 0);
  CHECK_EQUAL(append(engine, 0, big), 0);
  for (int i = 0; i < 10 && engine.seen.size() < 2; i++) {
    engine.invoke();
  }
  CHECK_EQUAL(engine.seen.size(), 2);
  CHECK_EQUAL(flag(engine, 0), 0);
}

}  // namespace

int main() {
  watchdog(100);
  handlersSpillAndOrderIsKept();
  outsideSendersSeeAFlaggedShardAsFull();
  theHardLimitRefusesSendsAndNoAppends();
  everyAppendEndsWithTheLook();
  nothingOvertakesWhatWaits();
  recordsFollowAMovedTarget();
  theSoftLimitDelaysTheSendingShardForATime();
  aRecordAsLargeAsItGetsPassesTheOverflow();
  return 0;
}
