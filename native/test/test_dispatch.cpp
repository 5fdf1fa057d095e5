// Turns, one lap at a time: blocks, rows, failures of the up-call, bounded endpoints.
#include <limits>
#include <new>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;
using messages::Work;

namespace {

constexpr std::int32_t kStart = layout::control::start;

Shape one() {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  return shape;
}

void anIdleShardIsLeftAlone() {
  TestEngine engine(one());
  CHECK_EQUAL(engine.invoke(), 0);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::turn), 0);
}

void consecutiveJavaRecordsGoUpAsOneBlock() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Address b = engine.memory.endpoint(2, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 10; i++) {
    CHECK_EQUAL(sender.tell(i % 2 == 0 ? a : b, Add{}), 0);
  }
  CHECK_EQUAL(engine.invoke(), 10);
  CHECK_EQUAL(engine.seen.size(), 10);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::upCalls), 1);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 10);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::drained), engine.region.ring(0).tail());
  CHECK_EQUAL(engine.region.ring(0).head(), engine.region.ring(0).tail());
  CHECK_EQUAL(engine.invoke(), 0);
}

void blocksAreBounded() {
  Shape shape = one();
  shape.blockBytes = 100;  // two records of 40 bytes
  shape.batchRecords = 5;
  TestEngine engine(shape);
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 7; i++) {
    CHECK_EQUAL(sender.tell(a, Add{}), 0);
  }
  CHECK_EQUAL(engine.invoke(), 5);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::upCalls), 3);
  CHECK_EQUAL(engine.invoke(), 2);
  CHECK_EQUAL(engine.invoke(), 0);
}

void nativeAndJavaRecordsKeepTheirOrder() {
  TestEngine engine(one());
  const core::Address java = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Address native = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(java, Add{1, 1}), 0);
  CHECK_EQUAL(sender.tell(native, Add{1, 1}), 0);
  CHECK_EQUAL(sender.tell(java, Add{1, 1}), 0);
  CHECK_EQUAL(engine.invoke(), 3);
  CHECK_EQUAL(engine.seen.size(), 2);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::upCalls), 2);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 3);
}

void whatIsNotForALiveNativeEndpointGoesUp() {
  TestEngine engine(one());
  const core::Address native = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t, std::int32_t, std::int32_t) {
    const core::RecordView record(block);
    CHECK_EQUAL(core::aligned(record.length()), bytes);
    engine.seen.push_back({record.type(), record.target(), 0, 0, 0});
    return record.type() == kStart ? std::int64_t{1} : std::int64_t{1} << 32;  // handled, dead
  };
  CHECK_EQUAL(sender.tell(native, kStart, nullptr, 0), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(sender.tell(native, Add{1, 2}), 0);
  engine.memory.setHomeState(2, layout::homeState::stopped);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(engine.seen.size(), 2);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 1);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::dead), 1);
}

void aControlRecordEndsItsBlock() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  CHECK_EQUAL(sender.tell(a, kStart, nullptr, 0), 0);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  CHECK_EQUAL(engine.invoke(), 3);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::upCalls), 2);
}

void aFailedUpCallGoesOnBehindTheRecordThatFailed() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 5; i++) {
    CHECK_EQUAL(sender.tell(a, Add{}), 0);
  }
  const auto collect = engine.onBlock;
  int calls = 0;
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t position, std::int32_t shard,
                       std::int32_t worker) -> std::int64_t {
    if (calls++ == 0) {
      engine.region.worker(0).at<std::int64_t>(layout::worker::position).store(position + 80);  // the third
      return -1;
    }
    return collect(block, bytes, position, shard, worker);
  };
  CHECK_EQUAL(engine.invoke(), 5);
  CHECK_EQUAL(engine.seen.size(), 2);
  CHECK_EQUAL(engine.seen[0].sequence, 4);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 4);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::dead), 1);
  CHECK_EQUAL(engine.failures.size(), 1);
}

/** Their senders counted them as accepted. */
void controlRecordsOfAFailedUpCallCount() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  CHECK_EQUAL(sender.tell(a, kStart, nullptr, 0), 0);  // ends the block
  CHECK_EQUAL(sender.tell(a, kStart, nullptr, 0), 0);  // a block of its own
  int calls = 0;
  engine.onBlock = [&](core::Bytes*, std::int32_t, std::int64_t position, std::int32_t,
                       std::int32_t) -> std::int64_t {
    if (calls++ == 0) {
      engine.region.worker(0).at<std::int64_t>(layout::worker::position).store(position + 40);
    }
    return -1;
  };
  CHECK_EQUAL(engine.invoke(), 3);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 1);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::dead), 2);
  CHECK_EQUAL(engine.failures.size(), 2);
  CHECK_EQUAL(engine.failures[0].type, kStart);
  engine.checkBalance(3, 2);
}

/** An exception out of a binding's callback: the shard is given back all the same. */
void aThrowingCallbackIsAFailedUpCall() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  engine.onBlock = [](core::Bytes*, std::int32_t, std::int64_t, std::int32_t, std::int32_t) -> std::int64_t {
    throw std::bad_alloc();
  };
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  engine.checkBalance(2, 2);
}

/** Design 16.6: behind 2^31 - 1 an endpoint goes on under a new sender id. */
void aUsedUpSequenceTakesANewSenderId() {
  constexpr std::int32_t kLast = std::numeric_limits<std::int32_t>::max();
  TestEngine engine(one());
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 0);
  engine.region.row(10).at<std::int64_t>(layout::row::sequence).store(kLast - 1);
  engine.region.header().at<std::int32_t>(layout::header::nextSenderId).store(5000);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, messages::Hop{1, 2, 3, 10}), 0);
  engine.invoke();
  engine.invoke();
  CHECK_EQUAL(engine.seen.size(), 3);
  CHECK_EQUAL(engine.seen[0].sender, 1010);
  CHECK_EQUAL(engine.seen[0].sequence, kLast);
  CHECK_EQUAL(engine.seen[1].sender, 5000);
  CHECK_EQUAL(engine.seen[1].sequence, 1);
  CHECK_EQUAL(engine.seen[2].sequence, 2);
  CHECK_EQUAL(engine.region.row(10).read<std::int32_t>(layout::row::senderId), 5000);
  CHECK_EQUAL(engine.region.header().read<std::int32_t>(layout::header::nextSenderId), 5001);
}

/** Where no id can be had the send is refused, and the next try finds the old id still in force. */
void withoutAnotherSenderIdASendIsRefused() {
  constexpr std::int32_t kLast = std::numeric_limits<std::int32_t>::max();
  TestEngine engine(one());
  const core::Address hopper = engine.native(10, "hopper", 0);
  engine.memory.endpoint(11, layout::rowKind::java, 0);
  engine.region.row(10).at<std::int64_t>(layout::row::sequence).store(kLast);
  engine.region.header().at<std::int32_t>(layout::header::nextSenderId).store(5000);
  const TestEngine::OnSuccession giving = engine.onSuccession;
  std::vector<std::int32_t> asked;
  engine.onSuccession = [&](std::int32_t endpoint) -> std::int32_t {
    asked.push_back(endpoint);
    throw std::bad_alloc();
  };
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(hopper, messages::Hop{1, 2, 1, 10}), 0);
  engine.invoke();
  engine.invoke();
  CHECK_EQUAL(engine.seen.size(), 0);
  CHECK_EQUAL(asked.size(), 1);
  CHECK_EQUAL(asked[0], 10);
  CHECK_EQUAL(engine.region.row(10).read<std::int32_t>(layout::row::senderId), 1010);
  CHECK_EQUAL(engine.region.row(10).read<std::int64_t>(layout::row::sequence), kLast);
  engine.onSuccession = giving;
  CHECK_EQUAL(sender.tell(hopper, messages::Hop{1, 2, 1, 10}), 0);
  engine.invoke();
  engine.invoke();
  CHECK_EQUAL(engine.seen.size(), 1);
  CHECK_EQUAL(engine.seen[0].sender, 5000);
  CHECK_EQUAL(engine.seen[0].sequence, 1);
}

void aFailureBeforeTheFirstRecordStillGetsOn() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 5; i++) {
    CHECK_EQUAL(sender.tell(a, Add{}), 0);
  }
  engine.onBlock = [](core::Bytes*, std::int32_t, std::int64_t, std::int32_t, std::int32_t) {
    return std::int64_t{-1};
  };
  CHECK_EQUAL(engine.invoke(), 5);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::dead), 5);
}

void recordsWrapAroundTheRing() {
  Shape shape = one();
  shape.ringBytes = 1024;
  TestEngine engine(shape);
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 1000; i++) {
    CHECK_EQUAL(sender.tell(a, Work::schema_id, "0123456789012345678901234567890123456789", i % 40), 0);
    if (i % 7 == 0) {
      engine.invoke();
    }
  }
  engine.invoke();
  CHECK_EQUAL(engine.seen.size(), 1000);
  for (int i = 0; i < 1000; i++) {
    CHECK_EQUAL(engine.seen[static_cast<std::size_t>(i)].sequence, i + 1);
  }
}

void doneIsCountedForBoundedNativeEndpoints() {
  TestEngine engine(one());
  const core::Address bounded = engine.native(2, "adder", 0, 3, layout::policy::fail);
  engine.region.row(2).at<std::int64_t>(layout::row::sent).store(2);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(bounded, Add{}), 0);
  CHECK_EQUAL(sender.tell(bounded, messages::Boom{}), 0);
  CHECK_EQUAL(engine.invoke(), 2);
  CHECK_EQUAL(engine.region.row(2).read<std::int64_t>(layout::row::done), 2);
  CHECK_EQUAL(engine.failures.size(), 1);
}

void dropOldestSkipsWhatIsOverTheCapacity() {
  TestEngine engine(one());
  const core::Address bounded = engine.native(2, "adder", 0, 3, layout::policy::dropOldest);
  Sender sender(engine, 1);
  for (int i = 0; i < 5; i++) {
    CHECK_EQUAL(sender.tell(bounded, Add{}), 0);
  }
  engine.region.row(2).at<std::int64_t>(layout::row::sent).store(5);
  engine.region.row(2).at<std::int32_t>(layout::row::skip).store(2);
  CHECK_EQUAL(engine.invoke(), 5);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::dead), 2);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::handled), 3);
  CHECK_EQUAL(engine.failures[0].reason, layout::reason::displaced);
}

void anOpenClaimIsNoWork() {
  TestEngine engine(one());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  const core::Ring ring = engine.region.ring(0);
  const std::int32_t open = ring.claim(32);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK(!engine.board.ready(0));  // R4
  ring.abort(open, 32);
  engine.board.look(0);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(engine.seen.size(), 2);
}

void thievesServeWhatOthersDoNot() {
  Shape shape;
  shape.shards = 4;
  shape.workers = 2;
  TestEngine engine(shape);
  Sender sender(engine, 1);
  for (std::int32_t s = 0; s < 4; s++) {
    CHECK_EQUAL(sender.tell(engine.memory.endpoint(s + 1, layout::rowKind::java, s), Add{}), 0);
  }
  CHECK_EQUAL(engine.invoke(0), 4);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::steals), 2);
  CHECK_EQUAL(engine.total(layout::shard::stolenTurns), 2);
}

void aWrongRegionIsRefused() {
  TestRegion memory(one());
  const auto open = [&] {
    return talaria_engine_open(
        reinterpret_cast<std::int64_t>(memory.base()), reinterpret_cast<std::int64_t>(memory.rows()),
        [](std::int64_t, std::int64_t, std::int32_t, std::int64_t, std::int32_t, std::int32_t) {
          return std::int64_t{0};
        },
        nullptr, [](std::int64_t, std::int32_t, std::int32_t) { return std::int32_t{0}; }, 0);
  };
  core::put<std::int64_t>(memory.base() + layout::header::layoutHash, 1);
  CHECK(open() < 0);
  CHECK(std::strstr(talaria_last_error(), "layout hash") != nullptr);
  core::put<std::int64_t>(memory.base() + layout::header::magic, 1);
  CHECK(open() < 0);
  CHECK(std::strstr(talaria_last_error(), "magic") != nullptr);
  CHECK(talaria_engine_open(0, 0, nullptr, nullptr, nullptr, 0) < 0);
}

}  // namespace

int main() {
  anIdleShardIsLeftAlone();
  consecutiveJavaRecordsGoUpAsOneBlock();
  blocksAreBounded();
  nativeAndJavaRecordsKeepTheirOrder();
  whatIsNotForALiveNativeEndpointGoesUp();
  aControlRecordEndsItsBlock();
  aFailedUpCallGoesOnBehindTheRecordThatFailed();
  aFailureBeforeTheFirstRecordStillGetsOn();
  controlRecordsOfAFailedUpCallCount();
  aThrowingCallbackIsAFailedUpCall();
  aUsedUpSequenceTakesANewSenderId();
  withoutAnotherSenderIdASendIsRefused();
  recordsWrapAroundTheRing();
  doneIsCountedForBoundedNativeEndpoints();
  dropOldestSkipsWhatIsOverTheCapacity();
  anOpenClaimIsNoWork();
  thievesServeWhatOthersDoNot();
  aWrongRegionIsRefused();
  return 0;
}
