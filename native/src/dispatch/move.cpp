// Moving an endpoint to another shard (R19, R20): what a worker does between its turns when it is asked to.
// Modelled in native/model/move.pml.
//
// The mover holds both shards. It writes the home word, and only then reads how far the old shard's lanes
// have come: who claimed there before is below that, who claims behind it sees the new home at its second
// read (R15) and claims again. It drains the old lanes to there, flushes what their overflows held and drains
// that; then both are given back. So nobody handles a message of the new shard before the last one of the
// old.
//
// Invariants:
//   MOVE-1  the move word counts moves begun (upper half) and those in progress (lower half): with the second
//           half 0 and the whole equal at two reads, no home word was written in between. Handlers' sends
//           rest on it (OUT-1).
//   MOVE-2  an append to an overflow ends at the first record whose target has moved: what is behind it may
//   be
//           for the same endpoint, back again by then.
//   MOVE-3  what has moved is delivered one record after the other, each to where its target lives then.
//   MOVE-4  a mover waits for claims that are open below what it drains to, as their owners wait for nobody
//           (R11), and for the journaler; never for a shard: what is not free at once it tries again later.
#include <sched.h>

#include <algorithm>

#include "dispatch/worker.hpp"

namespace talaria::core {

namespace {

constexpr int kLooks = 100;

/** The claims that are waited for are a few stores long, unless their thread lost its processor. */
void waitALittle(int i) {
  if (i < kLooks) {
    pause();
  } else {
    sched_yield();
  }
}

}  // namespace

/** One request at a time stands in the header; of the workers that see it one is the mover. */
void Worker::moveIfAsked() {
  namespace at = layout::header;
  if (region_.moveState() != layout::moveState::asked) {
    return;
  }
  const Block header = region_.header();
  const std::atomic_ref<std::int32_t> state = header.at<std::int32_t>(at::moveState);
  std::int32_t expected = layout::moveState::asked;
  // seq_cst: acquires the request's words; whoever asked waits for the store below.
  if (!state.compare_exchange_strong(expected, layout::moveState::moving, std::memory_order_seq_cst)) {
    return;
  }
  const std::int32_t endpoint = header.read<std::int32_t>(at::moveEndpoint);
  const auto generation = static_cast<std::uint16_t>(header.read<std::int32_t>(at::moveGeneration));
  handOver(-1);
  const std::int32_t result = move(endpoint, generation, header.read<std::int32_t>(at::moveTo));
  state.store(result, std::memory_order_seq_cst);
}

/** Returns moved, refused where nobody lives there, or asked: not now. */
std::int32_t Worker::move(std::int32_t endpoint, std::uint16_t generation, std::int32_t to) {
  const Row row = region_.row(endpoint);
  const Home home = row.home();
  const std::int32_t from = home.shard();
  if (home.generation() != generation || home.state() != layout::homeState::live) {
    return layout::moveState::refused;
  }
  if (from == to) {
    return layout::moveState::moved;
  }
  if (!board_.takeAny(std::min(from, to))) {
    return layout::moveState::asked;
  }
  if (!board_.takeAny(std::max(from, to))) {
    giveBack(std::min(from, to));
    handOver(-1);  // it may be at home on another worker, which alone would serve it
    return layout::moveState::asked;
  }
  begin(from);
  patient_ = false;
  bool moved = false;
  if (row.home().bits == home.bits && !claimOpen()) {
    const std::atomic_ref<std::int64_t> moves = region_.header().at<std::int64_t>(layout::header::moves);
    // MOVE-1. seq_cst: around the home word's write, in one order with the handlers' reads of both.
    moves.fetch_add((std::int64_t{1} << layout::header::movesBegunShift) + 1, std::memory_order_seq_cst);
    moved = row.rehome(home, home.on(to));  // false: it is closed at this moment
    moves.fetch_sub(1, std::memory_order_seq_cst);
  }
  if (moved) {
    empty();
    logMove(endpoint, generation, to);
    region_.shard(to).count<std::int64_t>(layout::shard::movedIn, 1);
  }
  finish();
  handOver(-1);
  giveBack(to);
  handOver(-1);
  return moved ? layout::moveState::moved : layout::moveState::asked;
}

/** R19: a claim that is open at the head of a lane: its owner may be long. */
bool Worker::claimOpen() {
  return std::ranges::any_of(laneOf_, [this](std::int32_t lane) {
    select(lane);
    return drained_ < ring_.tail() && ring_.lengthAt(ring_.index(drained_)) <= 0;
  });
}

/** Handles all that came to the shard while the endpoint lived there. */
void Worker::empty() {
  drainTo(tails());
  for (std::int32_t p = 0; p < layout::priority::count; p++) {
    if (sharesLane(p)) {
      continue;
    }
    const std::int32_t lane = laneOf(p);
    Overflow& overflow = engine_.overflows()[static_cast<std::size_t>(lane)];
    // What is appended behind these is for those that stay.
    std::int64_t rest = Overflow::waiting(region_, lane);
    for (int i = 0; rest > 0 && region_.engineState() < layout::engineState::stopping; i++) {
      const std::int32_t flushed = overflow.flush(region_, lane, region_.ring(lane));
      rest -= flushed;
      drainTo(tails());
      if (flushed == 0) {
        waitALittle(i);  // the journal is behind: the ring has no room
      }
    }
  }
  if (std::exchange(overSoft_, false)) {
    rest();
  }
}

/** Each lane as far as that, open claims waited for; and their space given back. */
void Worker::drainTo(const std::array<std::int64_t, layout::priority::count>& tails) {
  for (std::int32_t p = layout::priority::count - 1; p >= 0; p--) {
    if (sharesLane(p)) {
      continue;
    }
    select(laneOf(p));
    const std::int64_t to = tails[static_cast<std::size_t>(p)];
    int waits = 0;
    do {
      journaled_ = region_.journaled();  // anew: a journal that fails is no longer waited for
      if (journaled_) {
        number();
      }
      const std::int64_t before = drained_;
      (void)drainBatch(std::min(limit(), to), region_.batchRecords());
      endSegment(before);
      if (drained_ == before && drained_ < to) {
        waitALittle(waits++);
      }
    } while (drained_ < to && region_.engineState() < layout::engineState::stopping);
  }
}

/** seq_cst: behind the home word's write they cover every claim that did not see it. */
std::array<std::int64_t, layout::priority::count> Worker::tails() const {
  std::array<std::int64_t, layout::priority::count> tails{};
  for (std::size_t p = 0; p < tails.size(); p++) {
    tails[p] = region_.ring(laneOf_[p]).tail();
  }
  return tails;
}

/** R22: what the endpoint handled on the old shard it did in turns up to the one at hand, on the new one it
 * does in turns behind that one's next. */
void Worker::logMove(std::int32_t endpoint, std::uint16_t generation, std::int32_t to) {
  if (!journaled_) {
    return;
  }
  const Block shard = region_.shard(to);
  const std::int64_t toTurn = shard.read<std::int64_t>(layout::shard::turn) + 1;
  shard.at<std::int64_t>(layout::shard::turn).store(toTurn, std::memory_order_relaxed);
  log_.moved(endpoint, generation, shard_, turn_, to, toTurn);
}

/** R20: gives a shard back that was taken and not served. */
void Worker::giveBack(std::int32_t shard) {
  hold(shard);
  journaled_ = region_.journaled();
  unfenced_ = shardBlock_.read<std::int32_t>(layout::shard::unfenced) != 0 || engine_.local(shard).fenceOwed;
  stuck_ = 0;
  finish();
}

}  // namespace talaria::core
