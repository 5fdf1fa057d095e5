// Lanes of a shard, one lap at a time: who goes first, that none starves, that none blocks another.
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

constexpr std::int32_t kEvery = 8;

Shape laned(std::int32_t lanes) {
  Shape shape;
  shape.shards = 2;
  shape.workers = 1;
  shape.lanes = lanes;
  shape.lowerEvery = kEvery;
  return shape;
}

void drainAll(TestEngine& engine) {
  for (int empty = 0; empty < 2;) {
    empty = engine.invoke() == 0 ? empty + 1 : 0;
  }
}

/** Priorities in the order handled, of `each` messages of each, the lowest sent first. */
std::vector<std::int32_t> order(std::int32_t lanes, std::int32_t each) {
  TestEngine engine(laned(lanes));
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 1);
  std::vector<std::int32_t> priorities(1, -1);
  Sender sender(engine, 1);
  for (std::int32_t p = 0; p < layout::priority::count; p++) {
    sender.priority = p;
    for (std::int32_t i = 0; i < each; i++) {
      CHECK_EQUAL(sender.tell(a, Add{}), 0);
      priorities.push_back(p);
    }
  }
  drainAll(engine);
  engine.checkBalance(sender.accepted(), 0);
  CHECK_EQUAL(engine.inFlight(), 0);
  std::vector<std::int32_t> handled;
  for (const Seen& seen : engine.seen) {
    handled.push_back(priorities[static_cast<std::size_t>(seen.sequence)]);
  }
  return handled;
}

void theHigherLaneIsServedFirst() {
  CHECK(order(4, 1) == (std::vector<std::int32_t>{3, 2, 1, 0}));
  CHECK(order(3, 1) == (std::vector<std::int32_t>{2, 3, 1, 0}));
  CHECK(order(2, 1) == (std::vector<std::int32_t>{2, 3, 0, 1}));
  CHECK(order(1, 1) == (std::vector<std::int32_t>{0, 1, 2, 3}));
}

void noneStarves() {
  constexpr std::int32_t kEach = 200;
  std::int32_t left[4] = {kEach, kEach, kEach, kEach};
  std::int32_t waited[4] = {};
  std::int32_t handled = 0;
  for (const std::int32_t p : order(4, kEach)) {
    left[p]--;
    for (std::int32_t other = 0; other < 4; other++) {
      waited[other] = other == p || left[other] == 0 ? 0 : waited[other] + 1;
      CHECK(waited[other] < kEvery);
    }
    // Nothing more than their share goes to the lower lanes while the highest has some.
    handled++;
    if (handled == 10 * kEvery) {
      CHECK_EQUAL(left[3], kEach - 10 * (kEvery - 3));
    }
  }
}

/** R4: an open claim at the head of one lane. */
void anOpenClaimBlocksNoOtherLane() {
  TestEngine engine(laned(2));
  const core::Address a = engine.memory.endpoint(1, layout::rowKind::java, 0);
  const core::Ring high = engine.region.ring(engine.region.laneOf(0, layout::priority::high));
  const std::int32_t open = high.claim(32);
  Sender sender(engine, 1);
  sender.priority = layout::priority::high;
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  sender.priority = layout::priority::normal;
  CHECK_EQUAL(sender.tell(a, Add{}), 0);
  drainAll(engine);
  CHECK_EQUAL(engine.seen.size(), 1);
  CHECK(!engine.board.ready(0));
  high.abort(open, 32);
  engine.board.look(0);
  drainAll(engine);
  CHECK_EQUAL(engine.seen.size(), 2);
  CHECK_EQUAL(engine.inFlight(), 0);
}

/** Each lane its own: what C++ endpoints are handed too. */
void handlersOfBothKindsAreServed() {
  TestEngine engine(laned(4));
  const core::Address adder = engine.native(2, "adder", 0);
  Sender sender(engine, 1);
  for (std::int32_t p = 0; p < layout::priority::count; p++) {
    sender.priority = p;
    CHECK_EQUAL(sender.tell(adder, Add{1, 2}), 0);
  }
  drainAll(engine);
  engine.checkBalance(4, 0);
  CHECK_EQUAL(engine.total(layout::shard::handled), 4);
}

}  // namespace

int main() {
  theHigherLaneIsServedFirst();
  noneStarves();
  anOpenClaimBlocksNoOtherLane();
  handlersOfBothKindsAreServed();
  return 0;
}
