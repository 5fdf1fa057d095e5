// Joins: what is handled and what is dead is taken off once, and the last is told where somebody waits.
#include <utility>

#include "dispatch/joins.hpp"
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;
using messages::Boom;

namespace {

constexpr std::uint16_t kForked = layout::flag::correlation | layout::flag::join;

/** Opens a join of so many records in a slot, as Java does; returns its correlation. */
std::uint64_t open(const TestEngine& engine, std::uint64_t slot, std::uint32_t generation, std::int64_t size,
                   std::int32_t notify = layout::joinNotify::nobody) {
  const core::Block block = engine.region.join(static_cast<std::int32_t>(slot));
  block.at<std::int64_t>(layout::join::word).store(generation);
  block.at<std::int32_t>(layout::join::notify).store(notify);
  block.at<std::int64_t>(layout::join::dead).store(0);
  block.at<std::int64_t>(layout::join::remaining).store(size);
  return (slot << 32) | generation;
}

void checkJoin(const TestEngine& engine, std::uint64_t join, std::int64_t remaining, std::int64_t dead) {
  const core::Block block = engine.region.join(static_cast<std::int32_t>(join >> 32));
  CHECK_EQUAL(block.read<std::int64_t>(layout::join::remaining), remaining);
  CHECK_EQUAL(block.read<std::int64_t>(layout::join::dead), dead);
}

Shape one() {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  return shape;
}

void handledAndDeadAreTakenOff() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  const std::uint64_t first = open(engine, 1, 7, 5);
  const std::uint64_t second = open(engine, 2, 0xffffffff, 3);
  for (int i = 0; i < 2; i++) {
    CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, first), 0);
    CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, second), 0);
    CHECK_EQUAL(sender.tell(adder, Boom{5, 0}, kForked, first), 0);
    CHECK_EQUAL(sender.tell(adder, Add{1, 2}), 0);
  }
  CHECK_EQUAL(engine.invoke(), 8);
  checkJoin(engine, first, 1, 2);
  checkJoin(engine, second, 1, 0);
  CHECK_EQUAL(engine.region.completions().tail(), 0);
}

void theLastIsToldWhereSomebodyWaits() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  const std::uint64_t silent = open(engine, 0, 1, 1);
  const std::uint64_t awaited = open(engine, 3, 9, 2, layout::joinNotify::completer);
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, awaited), 0);
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, silent), 0);
  CHECK_EQUAL(engine.invoke(), 2);
  checkJoin(engine, silent, 0, 0);
  CHECK_EQUAL(engine.region.completions().tail(), 0);
  CHECK_EQUAL(sender.tell(adder, Boom{5, 0}, kForked, awaited), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  checkJoin(engine, awaited, 0, 1);
  const core::Ring completions = engine.region.completions();
  CHECK_EQUAL(completions.typeAt(0), layout::completion::joinedType);
  CHECK(core::get<std::uint64_t>(completions.base() + 8) == awaited);
  CHECK_EQUAL(engine.region.header().read<std::int32_t>(layout::header::completionWord), 1);
}

/** An up-call that fails: the record that it failed in is buried by native code, and no other. */
void whatAnUpCallFailedInIsTakenOff() {
  TestEngine engine(one());
  const core::Address actor = engine.memory.endpoint(3, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  const std::uint64_t join = open(engine, 1, 4, 3);
  for (int i = 0; i < 3; i++) {
    CHECK_EQUAL(sender.tell(actor, Add{1, 2}, kForked, join), 0);
  }
  bool fails = true;
  engine.onBlock = [&](core::Bytes*, std::int32_t, std::int64_t position, std::int32_t, std::int32_t) {
    engine.region.worker(0).at<std::int64_t>(layout::worker::position).store(position);
    return std::exchange(fails, false) ? std::int64_t{-1} : std::int64_t{2};
  };
  CHECK_EQUAL(engine.invoke(), 3);
  checkJoin(engine, join, 2, 1);  // "Java" takes off what it handles
}

void anotherGenerationIsLeftAlone() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  const std::uint64_t join = open(engine, 1, 7, 2);
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, join + 1), 0);
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, std::uint64_t{4} << 32), 0);  // no such slot
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kForked, ~std::uint64_t{0}), 0);
  CHECK_EQUAL(engine.invoke(), 3);
  checkJoin(engine, join, 2, 0);
}

}  // namespace

int main() {
  handledAndDeadAreTakenOff();
  theLastIsToldWhereSomebodyWaits();
  whatAnUpCallFailedInIsTakenOff();
  anotherGenerationIsLeftAlone();
  return 0;
}
