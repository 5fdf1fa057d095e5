// R13: an up-call that fails as a whole, wherever it was: what came before counts as handled, the record that
// failed is buried and its asker told, the rest goes up again, and nothing twice.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

constexpr std::uint16_t kAsk = layout::flag::correlation | layout::flag::waiter;
constexpr std::uint32_t kGeneration = 7;
constexpr int kNone = -1;

Shape one() {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  return shape;
}

/** One endpoint of "Java", asked `records` times; record i waits in slot i. */
class Asked {
 public:
  /** `before` records are handled first, so that the block does not begin with the ring. */
  Asked(const Shape& shape, int records, int before = 0)
      : engine(shape),
        to_(engine.memory.endpoint(1, layout::rowKind::java, 0)),
        records_(records),
        before_(before) {
    Sender sender(engine, 1);
    for (int i = 0; i < before; i++) {
      CHECK_EQUAL(sender.tell(to_, Add{}, kAsk, std::uint64_t{kGeneration}), 0);
    }
    CHECK_EQUAL(before == 0 ? 0 : engine.invoke(), before);
    engine.seen.clear();
    from = engine.region.ring(0).tail();
    for (int i = 0; i < records; i++) {
      const auto slot = static_cast<std::uint64_t>(i);
      engine.region.waiter(i).at<std::uint64_t>(layout::waiter::word).store(word(kGeneration));
      CHECK_EQUAL(sender.tell(to_, Add{}, kAsk, slot << 32 | kGeneration), 0);
    }
    size = (engine.region.ring(0).tail() - from) / records;
  }

  /** The first up-call publishes `position` and fails; the others handle theirs. */
  void failsAt(std::int64_t position) {
    const auto collect = engine.onBlock;
    engine.onBlock = [this, position, collect](core::Bytes* block, std::int32_t bytes, std::int64_t at,
                                               std::int32_t shard, std::int32_t worker) -> std::int64_t {
      const core::Block told = engine.region.worker(worker);
      CHECK_EQUAL(told.read<std::int64_t>(layout::worker::position), -1);
      mayStay = told.read<std::int64_t>(layout::worker::stayed) == layout::worker::mayStay;
      calls.push_back(at);
      if (calls.size() > 1) {
        return collect(block, bytes, at, shard, worker);
      }
      told.at<std::int64_t>(layout::worker::position).store(position);
      return -1;
    };
  }

  /** That `buried` alone died, or none, and the last `again` records went up again, each once. */
  void check(int buried, int again) const {
    const int dead = buried == kNone ? 0 : 1;
    CHECK_EQUAL(engine.failures.size(), dead);
    for (int i = 0; i < records_; i++) {
      const core::Block slot = engine.region.waiter(i);
      const bool failed = slot.read<std::uint64_t>(layout::waiter::word) != word(kGeneration);
      CHECK_EQUAL(failed, i == buried);
      CHECK(!failed || slot.read<std::int32_t>(layout::waiter::reason) == layout::reason::handlerFailed);
    }
    CHECK_EQUAL(calls.size(), again == 0 ? 1 : 2);
    CHECK_EQUAL(engine.seen.size(), again);
    for (int i = 0; i < again; i++) {
      CHECK_EQUAL(engine.seen[static_cast<std::size_t>(i)].sequence, before_ + records_ - again + i + 1);
    }
    CHECK_EQUAL(engine.inFlight(), 0);
    engine.checkBalance(before_ + records_, dead);
  }

  TestEngine engine;
  std::int64_t from;  // of the block
  std::int64_t size;  // of a record
  std::vector<std::int64_t> calls;
  bool mayStay = false;

 private:
  static std::uint64_t word(std::uint32_t generation) {
    return generation | (std::uint64_t{layout::waiterState::open} << layout::waiter::stateShift);
  }

  core::Address to_;
  int records_;
  int before_;
};

/** A block of five, behind three that were handled before; the position as records from its start. */
void itFails(int published, int buried, int again) {
  Asked asked(one(), 5, 3);
  asked.failsAt(asked.from + published * asked.size);
  CHECK_EQUAL(asked.engine.invoke(), 5);
  asked.check(buried, again);
}

void itFailsBeforeItsFirstRecord() {
  Asked asked(one(), 5, 3);
  asked.failsAt(-1);
  CHECK_EQUAL(asked.engine.invoke(), 5);
  asked.check(0, 4);
}

/** Java could have gone on behind the block, but did not get so far. */
void itFailsWhereItMayStay(int published, int buried, int again) {
  Asked asked(one(), 2);
  asked.failsAt(asked.from + published * asked.size);
  asked.engine.start();
  while (asked.engine.total(layout::shard::drained) < asked.from + 2 * asked.size) {
    std::this_thread::yield();
  }
  asked.engine.stop();
  CHECK(asked.mayStay);
  asked.check(buried, again);
}

/** The padding behind the last record of a ring is nobody's: it goes up alone, fails, and is not counted. */
void paddingIsNotBuried() {
  Shape shape = one();
  shape.ringBytes = 1024;
  TestEngine engine(shape);
  const core::Address to = engine.memory.endpoint(1, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  const std::int64_t size = core::aligned(core::RecordView::headerLength(0) + Add::fixed_length);
  const auto fits = static_cast<int>(shape.ringBytes / size);
  CHECK(shape.ringBytes % size != 0);
  for (int i = 0; i < fits; i++) {
    CHECK_EQUAL(sender.tell(to, Add{}), 0);
    if (i == 0) {
      CHECK_EQUAL(engine.invoke(), 1);  // so that there is room behind the end
    }
  }
  CHECK_EQUAL(sender.tell(to, Add{}), 0);  // behind the padding
  const auto collect = engine.onBlock;
  std::vector<std::int64_t> calls;
  engine.onBlock = [&](core::Bytes* block, std::int32_t bytes, std::int64_t at, std::int32_t shard,
                       std::int32_t worker) -> std::int64_t {
    calls.push_back(at);
    if (at == shape.ringBytes) {
      return collect(block, bytes, at, shard, worker);
    }
    if (calls.size() == 1) {
      engine.region.worker(0).at<std::int64_t>(layout::worker::position).store((fits - 1) * size);
    }
    return -1;
  };
  while (engine.invoke() != 0) {
  }
  CHECK_EQUAL(calls.size(), 3);
  CHECK_EQUAL(calls[1], fits * size);
  CHECK_EQUAL(engine.failures.size(), 1);
  engine.checkBalance(fits + 1, 1);
}

}  // namespace

int main() {
  watchdog(60);
  itFailsBeforeItsFirstRecord();
  itFails(0, 0, 4);
  itFails(2, 2, 2);  // in the middle
  itFails(4, 4, 0);
  itFails(5, kNone, 0);  // behind all of them
  itFails(-1, 0, 4);     // left over from the block before: none of this one's
  itFails(6, 0, 4);
  itFailsWhereItMayStay(0, 0, 1);
  itFailsWhereItMayStay(1, 1, 0);
  itFailsWhereItMayStay(2, kNone, 0);
  itFailsWhereItMayStay(7, 0, 1);
  paddingIsNotBuried();
  return 0;
}
