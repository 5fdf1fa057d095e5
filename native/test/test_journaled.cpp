// Journaled regions: turn log, space reclaimed behind the journal, write-ahead, causes.
#include <vector>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

struct Entry {
  std::int32_t type;
  std::vector<core::Bytes> bytes;
  template <typename T>
  [[nodiscard]] T at(std::int32_t offset) const {
    return core::get<T>(bytes.data() + offset);
  }
};

/** Reads the turn log of worker 0 and makes its room free. Beside a worker that writes it ends at an open
 * claim (RING-4). */
std::vector<Entry> readLog(const TestEngine& engine, bool quiet = true) {
  const core::Ring log = engine.region.turnLog(0);
  std::vector<Entry> entries;
  std::int64_t position = log.head();
  while (position < log.tail()) {
    const std::int32_t index = log.index(position);
    const std::int32_t length = log.lengthAt(index);
    if (length <= 0 && !quiet) {
      break;
    }
    CHECK(length > 0);
    if (log.typeAt(index) != layout::ring::padding) {
      const core::Bytes* from = log.base() + index + layout::record::headerLength;
      entries.push_back({log.typeAt(index), {from, from + length - layout::record::headerLength}});
    }
    position += core::aligned(length);
  }
  log.reclaim(position);
  return entries;
}

Shape journaled(std::int32_t flags = layout::headerFlag::journaled) {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  shape.ringBytes = 1024;
  shape.flags = flags;
  return shape;
}

void journalUpTo(const TestEngine& engine, std::int64_t position) {
  engine.region.shard(0).at<std::int64_t>(layout::shard::journaled).store(position);
  engine.board.look(0);  // R5
}

void spaceIsReclaimedBehindTheJournal() {
  TestEngine engine(journaled());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  int accepted = 0;
  while (sender.tell(a, Add{}) == 0) {
    accepted++;
  }
  CHECK_EQUAL(engine.invoke(), accepted);
  const std::int64_t drained = engine.shardWord(0, layout::shard::drained);
  CHECK_EQUAL(engine.region.ring(0).head(), 0);
  CHECK_EQUAL(engine.invoke(), 0);  // the old records are still there, and are not handled twice
  CHECK_EQUAL(sender.tell(a, Add{}), layout::outcome::backPressured);
  CHECK_EQUAL(engine.invoke(), 0);
  CHECK(!engine.board.ready(0));
  journalUpTo(engine, 400);
  CHECK(engine.board.ready(0));
  CHECK_EQUAL(engine.invoke(), 0);
  CHECK_EQUAL(engine.region.ring(0).head(), 400);
  journalUpTo(engine, drained);
  engine.invoke();
  CHECK_EQUAL(engine.region.ring(0).head(),
              engine.shardWord(0, layout::shard::drained) < drained ? 0 : drained);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
}

void writeAheadHandlesOnlyWhatIsJournaled() {
  TestEngine engine(journaled(layout::headerFlag::journaled | layout::headerFlag::writeAhead));
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  for (int i = 0; i < 4; i++) {
    CHECK_EQUAL(sender.tell(a, Add{}), 0);
  }
  CHECK_EQUAL(engine.invoke(), 0);
  CHECK(!engine.board.ready(0));
  journalUpTo(engine, 80);
  CHECK_EQUAL(engine.invoke(), 2);
  CHECK_EQUAL(engine.region.ring(0).head(), 80);
  journalUpTo(engine, 160);
  CHECK_EQUAL(engine.invoke(), 2);
}

void everySegmentIsLogged() {
  TestEngine engine(journaled());
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  engine.invoke();
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  engine.invoke();
  const std::vector<Entry> log = readLog(engine);
  CHECK_EQUAL(log.size(), 2);
  for (const Entry& entry : log) {
    CHECK_EQUAL(entry.type, layout::turnLog::turn);
    CHECK_EQUAL(entry.at<std::int32_t>(layout::turnEntry::shard), 0);
  }
  CHECK_EQUAL(log[0].at<std::int64_t>(layout::turnEntry::from), 0);
  CHECK_EQUAL(log[0].at<std::int64_t>(layout::turnEntry::to), 40);
  CHECK_EQUAL(log[1].at<std::int64_t>(layout::turnEntry::from), 40);
  CHECK_EQUAL(log[1].at<std::int64_t>(layout::turnEntry::to), 120);
  CHECK_EQUAL(log[1].at<std::int64_t>(layout::turnEntry::turn), 2);
  CHECK(log[1].at<std::int64_t>(layout::turnEntry::timeNs) != 0);
}

void sendsCarryTheirCauseAndRefusalsAreLogged() {
  TestEngine engine(journaled());
  const core::Address hopper = engine.native(4, "hopper", 0);
  const core::Address next = engine.memory.endpoint(5, layout::rowKind::java, 0);
  Sender sender(engine, 9);
  std::uint64_t cause = 0;
  engine.onBlock = [&](core::Bytes* block, std::int32_t, std::int64_t, std::int32_t, std::int32_t) {
    cause = core::RecordView(block).cause();
    return std::int64_t{1};
  };
  CHECK_EQUAL(sender.tell(hopper, messages::Hop{1, 2, 1, 4}), 0);
  engine.invoke();
  engine.invoke();
  CHECK(cause == ((std::uint64_t{9} << 32) | 1));
  engine.memory.setHomeState(next.index, layout::homeState::closed);
  CHECK_EQUAL(sender.tell(hopper, messages::Hop{1, 2, 1, 4}), 0);
  engine.invoke();
  const std::vector<Entry> log = readLog(engine);
  const Entry& outcome = log[log.size() - 2];
  CHECK_EQUAL(outcome.type, layout::turnLog::outcome);
  CHECK_EQUAL(outcome.at<std::int32_t>(layout::outcomeEntry::outcome), layout::outcome::closed);
  CHECK_EQUAL(outcome.at<std::int32_t>(layout::outcomeEntry::targetIndex), 5);
  CHECK_EQUAL(outcome.at<std::int32_t>(layout::outcomeEntry::targetGeneration), 1);
  CHECK_EQUAL(outcome.at<std::int32_t>(layout::outcomeEntry::schemaId), messages::Hop::schema_id);
  CHECK_EQUAL(outcome.at<std::int32_t>(layout::outcomeEntry::ordinal), 0);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::refused), 1);
}

void repliesAndDeathsAreLogged() {
  TestEngine engine(journaled());
  const core::Address adder = engine.native(2, "adder", 0);
  engine.region.waiter(0).at<std::uint64_t>(layout::waiter::word).store(6);
  Sender sender(engine, 9);
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, layout::flag::correlation | layout::flag::waiter, 6), 0);
  CHECK_EQUAL(sender.tell(adder, messages::Boom{}), 0);
  engine.invoke();
  const std::vector<Entry> log = readLog(engine);
  CHECK_EQUAL(log.size(), 3);
  CHECK_EQUAL(log[0].type, layout::turnLog::reply);
  CHECK_EQUAL(log[0].at<std::int64_t>(layout::replyEntry::correlation), 6);
  CHECK_EQUAL(log[0].at<std::int32_t>(layout::replyEntry::senderId), 1002);
  CHECK_EQUAL(log[0].at<std::int64_t>(layout::replyEntry::cause), (std::int64_t{9} << 32) | 1);
  CHECK_EQUAL(log[0].at<std::int32_t>(layout::replyEntry::replyLength), 8);
  CHECK(log[0].at<double>(layout::replyEntry::reply) == 3.0);
  CHECK_EQUAL(log[1].type, layout::turnLog::dead);
  CHECK_EQUAL(log[1].at<std::int32_t>(layout::deadEntry::reason), layout::reason::handlerFailed);
  CHECK_EQUAL(log[1].at<std::int64_t>(layout::deadEntry::position), 48);
  CHECK_EQUAL(log[2].type, layout::turnLog::turn);
}

void aFullTurnLogMakesTheWorkerWait() {
  Shape shape = journaled();
  shape.turnLogBytes = 128;
  TestEngine engine(shape);
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  engine.start();
  Sender sender(engine, 1);
  constexpr int kMessages = 5000;
  std::thread journaler([&] {
    std::int64_t to = 0;
    while (engine.shardWord(0, layout::shard::handled) < kMessages ||
           to < engine.shardWord(0, layout::shard::drained)) {
      for (const Entry& entry : readLog(engine, false)) {
        CHECK_EQUAL(entry.at<std::int64_t>(layout::turnEntry::from), to);  // no gap, no overlap
        to = entry.at<std::int64_t>(layout::turnEntry::to);
      }
      journalUpTo(engine, to);
      std::this_thread::yield();
    }
  });
  for (int i = 0; i < kMessages; i++) {
    CHECK_EQUAL(sender.tellBlocking(a, Add{}), 0);
  }
  journaler.join();
  engine.stop();
  CHECK_EQUAL(engine.seen.size(), kMessages);
}

}  // namespace

int main() {
  watchdog(100);
  spaceIsReclaimedBehindTheJournal();
  writeAheadHandlesOnlyWhatIsJournaled();
  everySegmentIsLogged();
  sendsCarryTheirCauseAndRefusalsAreLogged();
  repliesAndDeathsAreLogged();
  aFullTurnLogMakesTheWorkerWait();
  return 0;
}
