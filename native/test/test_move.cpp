// Moving an endpoint (R19, R20): what a mover takes, waits for and leaves alone; what handlers gather
// meanwhile.
#include "dispatch/outbox.hpp"
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

std::atomic_ref<std::int32_t> stateOf(const TestEngine& engine) {
  return engine.region.header().at<std::int32_t>(layout::header::moveState);
}

void ask(const TestEngine& engine, core::Address endpoint, std::int32_t to) {
  const core::Block header = engine.region.header();
  header.at<std::int32_t>(layout::header::moveEndpoint).store(endpoint.index);
  header.at<std::int32_t>(layout::header::moveGeneration).store(endpoint.generation);
  header.at<std::int32_t>(layout::header::moveTo).store(to);
  stateOf(engine).store(layout::moveState::asked);
}

std::int32_t shardOf(const TestEngine& engine, core::Address endpoint) {
  return engine.region.row(endpoint.index).home().shard();
}

std::vector<core::Bytes> record(core::Address to, std::int32_t sequence) {
  std::vector<core::Bytes> bytes(40);
  core::Envelope{.type = Hop::schema_id, .target = to, .senderId = 7, .sequence = sequence}.encode(
      bytes.data());
  core::put<std::int32_t>(bytes.data(), 40);
  return bytes;
}

void checkSequences(const TestEngine& engine, std::int32_t count) {
  CHECK_EQUAL(engine.seen.size(), count);
  for (std::size_t i = 0; i < engine.seen.size(); i++) {
    CHECK_EQUAL(engine.seen[i].sequence, i + 1);
  }
}

void whatCameBeforeIsHandledBeforeItHasMoved() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 3; i++) {
    CHECK_EQUAL(sender.tell(a, Hop{}), 0);
  }
  const std::vector<core::Bytes> spilled = record(a, 4);
  CHECK_EQUAL(talaria_overflow_append(engine.handle, 0, reinterpret_cast<std::int64_t>(spilled.data()), 40),
              0);
  ask(engine, a, 1);
  engine.invoke();
  CHECK_EQUAL(stateOf(engine), layout::moveState::moved);
  CHECK_EQUAL(shardOf(engine, a), 1);
  checkSequences(engine, 4);
  CHECK_EQUAL(engine.region.shard(0).read<std::int32_t>(layout::shard::overflowFlag), 0);
  CHECK_EQUAL(engine.shardWord(1, layout::shard::movedIn), 1);
  CHECK_EQUAL(engine.region.moves(), std::int64_t{1} << 32);
  CHECK(!engine.board.ready(0));
  CHECK(!engine.board.ready(1));
  CHECK_EQUAL(sender.tell(a, Hop{}), 0);
  CHECK(engine.board.ready(1));
  engine.invoke();
  CHECK_EQUAL(engine.shardWord(1, layout::shard::handled), 1);
}

/** R19: it never waits for a shard, and gives back what it has of the two. */
void aShardThatIsOwnedIsNotWaitedFor() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Address b = engine.memory.endpoint(2, layout::rowKind::java, 1);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(b, Hop{}), 0);
  CHECK(engine.board.take(1));
  ask(engine, a, 1);
  engine.invoke();
  CHECK_EQUAL(stateOf(engine), layout::moveState::asked);
  CHECK_EQUAL(shardOf(engine, a), 0);
  CHECK_EQUAL(engine.region.moves(), 0);
  CHECK(engine.board.takeAny(0));  // it was given back
  CHECK(!engine.board.takeAny(0));
  CHECK(!engine.board.leave(0, false));
  CHECK(engine.board.leave(1, true));
  engine.invoke();
  CHECK_EQUAL(stateOf(engine), layout::moveState::moved);
  CHECK_EQUAL(shardOf(engine, a), 1);
}

/** R19: whose owner may be long. Nothing is written before it is gone. */
void aClaimThatIsOpenPutsItOff() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const std::int32_t index = engine.region.ring(0).claim(40);
  ask(engine, a, 1);
  engine.invoke();
  CHECK_EQUAL(stateOf(engine), layout::moveState::asked);
  CHECK_EQUAL(shardOf(engine, a), 0);
  engine.region.ring(0).commitRange(index, record(a, 1).data(), 40);
  engine.board.look(0);
  engine.invoke();
  CHECK_EQUAL(stateOf(engine), layout::moveState::moved);
  checkSequences(engine, 1);
}

void whoDoesNotLiveThereIsRefused() {
  TestEngine engine(tiny());
  core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  a.generation++;
  ask(engine, a, 1);
  engine.invoke();
  CHECK_EQUAL(stateOf(engine), layout::moveState::refused);
  CHECK_EQUAL(engine.region.moves(), 0);
}

/** What a mover does to the two words, in the middle of a handler's turn. */
void move(const TestEngine& engine, core::Address endpoint, std::int32_t to) {
  const core::Row row = engine.region.row(endpoint.index);
  const std::atomic_ref<std::int64_t> moves = engine.region.header().at<std::int64_t>(layout::header::moves);
  moves.fetch_add((std::int64_t{1} << 32) + 1);
  CHECK(row.rehome(row.home(), row.home().on(to)));
  moves.fetch_sub(1);
}

void gather(const TestEngine& engine, core::Outbox& outbox, core::Address to, std::int32_t sequence) {
  outbox.expect();
  const std::int32_t place = outbox.placeOf(shardOf(engine, to));
  const std::vector<core::Bytes> bytes = record(to, sequence);
  std::memcpy(outbox.gather(place, 40), bytes.data(), bytes.size());
}

/** OUT-1: there and back between three sends of one turn. */
void whatIsGatheredKeepsItsOrder() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  std::vector<core::Overflow> overflows(2);
  core::Outbox outbox(engine.region, engine.board, overflows, [](core::RecordView) { CHECK(false); });
  gather(engine, outbox, a, 1);
  move(engine, a, 1);
  gather(engine, outbox, a, 2);
  move(engine, a, 0);
  gather(engine, outbox, a, 3);
  CHECK(!outbox.flush());
  CHECK(outbox.empty());
  engine.invoke();
  checkSequences(engine, 3);
  // And what comes next is gathered for its lane again.
  gather(engine, outbox, a, 4);
  CHECK(outbox.gathered(0) > 0);
  CHECK(!outbox.flush());
  engine.invoke();
  checkSequences(engine, 4);
}

/** MOVE-1: a move that is in progress at the first gathering has not written its home word for sure. */
void aMoveInProgressIsNotTrusted() {
  TestEngine engine(tiny());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  std::vector<core::Overflow> overflows(2);
  core::Outbox outbox(engine.region, engine.board, overflows, [](core::RecordView) { CHECK(false); });
  engine.region.header().at<std::int64_t>(layout::header::moves).store((std::int64_t{1} << 32) + 1);
  gather(engine, outbox, a, 1);
  gather(engine, outbox, a, 2);
  CHECK_EQUAL(outbox.gathered(0), 40);
  CHECK(!outbox.flush());
  engine.invoke();
  checkSequences(engine, 2);
}

}  // namespace

int main() {
  watchdog(60);
  whatCameBeforeIsHandledBeforeItHasMoved();
  aShardThatIsOwnedIsNotWaitedFor();
  aClaimThatIsOpenPutsItOff();
  whoDoesNotLiveThereIsRefused();
  whatIsGatheredKeepsItsOrder();
  aMoveInProgressIsNotTrusted();
  return 0;
}
