// Waiters: replies inline and external, failures, stale correlations, completions.
#include "dispatch/waiters.hpp"
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;
using messages::Boom;

namespace {

constexpr std::uint16_t kAsk = layout::flag::correlation | layout::flag::waiter;
constexpr std::uint64_t kSlot = 3;

/** Opens a generation, as the end of the one before does. */
std::uint64_t pend(const TestEngine& engine, std::uint32_t generation, std::int32_t notify = 0) {
  const core::Block slot = engine.region.waiter(kSlot);
  slot.at<std::int32_t>(layout::waiter::notify).store(notify);
  slot.at<std::uint64_t>(layout::waiter::word)
      .store(generation | (std::uint64_t{layout::waiterState::open} << layout::waiter::stateShift));
  return (kSlot << 32) | generation;
}

/** How the generation ended; behind that the next one is open. */
int state(const TestEngine& engine, std::uint32_t generation) {
  const core::Block slot = engine.region.waiter(kSlot);
  const auto signal = slot.read<std::uint64_t>(layout::waiter::signal);
  CHECK_EQUAL(static_cast<std::uint32_t>(signal), generation);
  CHECK_EQUAL(slot.read<std::uint64_t>(layout::waiter::word), std::uint64_t{generation} + 1);
  return static_cast<int>(signal >> layout::waiter::stateShift);
}

Shape one() {
  Shape shape;
  shape.shards = 1;
  shape.workers = 1;
  return shape;
}

void aReplyLiesInline() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, kAsk, pend(engine, 7)), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(state(engine, 7), layout::waiterState::replied);
  const core::Block slot = engine.region.waiter(kSlot);
  CHECK_EQUAL(slot.read<std::int32_t>(layout::waiter::schemaId), messages::Sum::schema_id);
  CHECK_EQUAL(slot.read<std::int32_t>(layout::waiter::replyLength), 8);
  CHECK(core::get<double>(slot.base() + layout::waiter::inlineReply) == 3.0);
  CHECK_EQUAL(engine.region.completions().tail(), 0);  // it spins: nothing to post
}

void aLongReplyLiesOutside() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  struct {
    messages::Repeat head;
    char text[4];
  } repeat{{100, {16, 4}, 0}, {'a', 'b', 'c', 'd'}};
  CHECK_EQUAL(sender.tell(adder, messages::Repeat::schema_id, &repeat, 20, kAsk, pend(engine, 8, 1)), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  const core::Block slot = engine.region.waiter(kSlot);
  CHECK_EQUAL(state(engine, 8), layout::waiterState::replied);
  CHECK_EQUAL(slot.read<std::int32_t>(layout::waiter::allocator), layout::waiterAllocator::native);
  CHECK_EQUAL(slot.read<std::int32_t>(layout::waiter::replyLength), 408);
  const std::int64_t external = slot.read<std::int64_t>(layout::waiter::external);
  const auto* text = reinterpret_cast<const messages::Text*>(external);
  CHECK_EQUAL(text->text.length, 400);
  CHECK(std::memcmp(talaria::tail_data(*text, text->text) + 396, "abcd", 4) == 0);
  talaria_free(external);
  // notify was 1: posted.
  const core::Ring completions = engine.region.completions();
  CHECK_EQUAL(completions.lengthAt(0), 16);
  CHECK_EQUAL(completions.typeAt(0), layout::completion::recordType);
  CHECK(core::get<std::uint64_t>(completions.base() + 8) == ((kSlot << 32) | 8));
  CHECK_EQUAL(engine.region.header().read<std::int32_t>(layout::header::completionWord), 1);
}

void aThrowingHandlerFailsItsWaiter() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(adder, Boom{5, 0}, kAsk, pend(engine, 9, 2)), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(state(engine, 9), layout::waiterState::failed);
  CHECK_EQUAL(engine.region.waiter(kSlot).read<std::int32_t>(layout::waiter::reason),
              layout::reason::handlerFailed);
  CHECK_EQUAL(engine.failures.size(), 1);
  CHECK(engine.failures[0].text == "boom 5");
  CHECK_EQUAL(engine.failures[0].type, Boom::schema_id);
  CHECK_EQUAL(engine.shardWord(0, layout::shard::dead), 1);
}

void anUnknownSchemaFailsItsWaiter() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  CHECK_EQUAL(sender.tell(adder, messages::Hop{}, kAsk, pend(engine, 10)), 0);
  CHECK_EQUAL(sender.tell(adder, Add::schema_id, "short", 5), 0);
  CHECK_EQUAL(engine.invoke(), 2);
  CHECK_EQUAL(state(engine, 10), layout::waiterState::failed);
  CHECK_EQUAL(engine.region.waiter(kSlot).read<std::int32_t>(layout::waiter::reason),
              layout::reason::unknownSchema);
  CHECK_EQUAL(engine.failures[1].reason, layout::reason::badRecord);
}

void onlyOneCompletesAWaiter() {
  TestEngine engine(one());
  const core::Waiters waiters(engine.region);
  const std::uint64_t correlation = pend(engine, 11);
  CHECK(!waiters.fail(correlation + 1, 1, ""));          // another generation
  CHECK(!waiters.fail(std::uint64_t{99} << 32, 1, ""));  // no such slot
  CHECK(waiters.reply(correlation, 5000, "12345678", 8));
  CHECK(!waiters.fail(correlation, 1, ""));
  CHECK(!waiters.reply(correlation, 5000, "12345678", 8));
  CHECK_EQUAL(state(engine, 11), layout::waiterState::replied);
}

void aFullCompletionRingIsMarked() {
  TestEngine engine(one());
  const core::Waiters waiters(engine.region);
  for (std::uint32_t i = 1; i <= layout::completion::capacityBytes / 16 + 1; i++) {
    CHECK(waiters.fail(pend(engine, i, 2), 1, ""));
  }
  CHECK_EQUAL(engine.region.header().read<std::int32_t>(layout::header::completionsLost), 1);
}

void aReplyToAnEndpointIsASend() {
  TestEngine engine(one());
  const core::Address adder = engine.native(2, "adder", 0);
  const core::Address asker = engine.memory.endpoint(3, layout::rowKind::java, 0);
  Sender sender(engine, 1);
  engine.onBlock = [&](core::Bytes* block, std::int32_t, std::int64_t, std::int32_t, std::int32_t) {
    const core::RecordView record(block);
    CHECK_EQUAL(record.type(), messages::Sum::schema_id);
    CHECK_EQUAL(record.target(), 3);
    CHECK_EQUAL(record.flags(), layout::flag::reply | layout::flag::correlation | layout::flag::trace);
    CHECK_EQUAL(record.correlation(), 4242);
    CHECK_EQUAL(record.trace(), 77);
    CHECK_EQUAL(record.senderId(), 1002);
    CHECK_EQUAL(record.sequence(), 1);
    return std::int64_t{1};
  };
  const std::uint16_t flags = layout::flag::correlation | layout::flag::replyTo | layout::flag::trace;
  CHECK_EQUAL(sender.tell(adder, Add{1, 2}, flags, 4242, asker.bits()), 0);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(engine.invoke(), 1);
  CHECK_EQUAL(engine.region.row(2).read<std::int64_t>(layout::row::sequence), 1);
  CHECK_EQUAL(engine.region.worker(0).read<std::int64_t>(layout::worker::accepted), 1);
}

}  // namespace

int main() {
  aReplyLiesInline();
  aLongReplyLiesOutside();
  aThrowingHandlerFailsItsWaiter();
  anUnknownSchemaFailsItsWaiter();
  onlyOneCompletesAWaiter();
  aFullCompletionRingIsMarked();
  aReplyToAnEndpointIsASend();
  return 0;
}
