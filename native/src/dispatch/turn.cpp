// A turn: one worker's stay on a shard (WORK-3). Nothing here allocates, locks (but for an overflow) or calls
// the system.
#include <algorithm>

#include "dispatch/futex.hpp"
#include "dispatch/membarrier.hpp"
#include "dispatch/worker.hpp"

namespace talaria::core {

namespace {

/** A turn lasts for so many batches at most. The next one follows without giving back while no other shard is
 * ready: giving back and taking again moves the state word's line. */
constexpr std::int32_t kBatchesATurn = 8;

/** R17: how long a shard rests that sent to a shard whose overflow is over the soft limit. */
constexpr std::int64_t kDelayNs = 20'000;

/** P3: a batch of so many records says that rates are high; the first wait is kFirstWaitNs. */
constexpr std::int32_t kManyRecords = 16;
constexpr std::int32_t kFirstWaitNs = 200;

/** After so many records without giving back, outside senders are asked to leave out their fence: what a
 * membarrier costs at the end is then little a record. */
constexpr std::int32_t kUnfencedFrom = 4'096;

}  // namespace

std::int32_t Worker::turn(std::int32_t shard, bool patient) {
  begin(shard);
  patient_ = patient;
  std::int32_t total = 0;
  std::int32_t flushed = 0;
  std::int32_t renewed = 0;  // of total, when this turn's number was taken
  for (;;) {
    flushed += flushOverflow();  // in front of the batch, so that what it brings is handled in this turn
    const std::int32_t records = lanes_ == 1 ? serveLane(region_.batchRecords()) : serveLanes();
    total += records + std::exchange(stayed_, 0);
    if (total >= kUnfencedFrom && patient && !unfenced_) {
      unfence();
    }
    if (std::exchange(overSoft_, false)) {
      rest();
      break;
    }
    if (!patient || region_.engineState() >= layout::engineState::stopping || region_.wantedByMove(shard_)) {
      break;
    }
    if (total - renewed >= kBatchesATurn * region_.batchRecords()) {
      if (anyReady(shard_)) {
        break;
      }
      renewed = total;
      number();
    }
    const bool more = records == region_.batchRecords() ? !anyReady(shard_) : awaitMore(records);
    if (!more) {
      break;
    }
  }
  finish();
  return total + flushed;
}

void Worker::begin(std::int32_t shard) {
  hold(shard);
  if (region_.homeOf(shard) != worker_) {
    shardBlock_.count<std::int64_t>(layout::shard::stolenTurns, 1);
  }
  journaled_ = region_.journaled();
  unfenced_ = shardBlock_.read<std::int32_t>(layout::shard::unfenced) != 0 || engine_.local(shard).fenceOwed;
  stuck_ = 0;
  std::atomic<std::int64_t>& delay = engine_.local(shard).delayedUntilNs;
  if (delay.load(std::memory_order_relaxed) != 0) {
    delay.store(0, std::memory_order_relaxed);
  }
  // For monitors, relaxed: they look at one word at a time.
  block_.at<std::int32_t>(layout::worker::shard).store(shard, std::memory_order_relaxed);
  number();
}

/** A turn begins: it has the next number and a time of its own. */
void Worker::number() {
  turn_ = shardBlock_.read<std::int64_t>(layout::shard::turn) + 1;
  shardBlock_.at<std::int64_t>(layout::shard::turn).store(turn_, std::memory_order_relaxed);
  block_.at<std::int64_t>(layout::worker::turnStartNs).store(engine_.nowNs(), std::memory_order_relaxed);
  block_.count<std::int64_t>(layout::worker::turns, 1);
}

/** R2: gives the shard back; what is left makes it READY again, and then a wake-up is due (BOARD-3). */
void Worker::finish() {
  block_.at<std::int32_t>(layout::worker::shard).store(-1, std::memory_order_relaxed);
  const std::int32_t shard = shard_;
  const bool left = leftInLanes() || (unfenced_ && leftUnseen());
  shard_ = -1;
  if (board_.leave(shard, left)) {
    owesWake_ = shard;
  }
}

/** R17: nobody serves the shard for a time, never until a condition. */
void Worker::rest() {
  engine_.local(shard_).delayedUntilNs.store(monotonicNs() + kDelayNs, std::memory_order_relaxed);
}

/** BOARD-4: from now on outside senders leave out the fence between commit and look. */
void Worker::unfence() {
  if (engine_.unfencing()) {
    for (const std::int32_t lane : laneOf_) {
      region_.lane(lane).at<std::int32_t>(layout::shard::unfenced).store(1, std::memory_order_seq_cst);
    }
    unfenced_ = true;
  }
}

/**
 * BOARD-4: nothing is seen, but a sender's commit may still be in its store buffer while it has read READY
 * from before our take. Behind the membarrier such a commit is visible; a sender that looks later sees the
 * state as the take left it, and sets READY. Where the call fails nothing is known: the shard stays READY,
 * turn by turn, until a call succeeds, and no sender leaves out its fence again.
 */
bool Worker::leftUnseen() {
  for (const std::int32_t lane : laneOf_) {
    region_.lane(lane).at<std::int32_t>(layout::shard::unfenced).store(0, std::memory_order_seq_cst);
  }
  unfenced_ = false;
  const bool failed = !membarrier();
  engine_.local(shard_).fenceOwed = failed;
  if (failed) {
    engine_.stopUnfencing();
  }
  return failed || leftInLanes();
}

/** Up to where records may be handled. */
std::int64_t Worker::limit() const {
  if (!journaled_) {
    // RING-2 holds for all that head does not cover, so a length is proof enough (R3), and the senders' tail
    // line stays theirs.
    return ring_.head() + ring_.capacity();
  }
  // Drained but not yet journaled records still lie in the ring: a positive length proves nothing, positions
  // do.
  const std::int64_t tail = ring_.tail();
  // seq_cst: pairs with the journaler's store before its look (R21).
  return region_.writeAhead()
             ? std::min(tail,
                        laneBlock_.at<std::int64_t>(layout::shard::journaled).load(std::memory_order_seq_cst))
             : tail;
}

/** A batch of the lane at hand, and all that belongs to its end. Returns the records handled. */
std::int32_t Worker::serveLane(std::int32_t most) {
  const std::int64_t from = drained_;
  const std::int32_t records = drainBatch(limit(), most);
  endSegment(from);
  return records;
}

/** What was handled since `from` becomes visible: sends, log, counters, position, space. overSoft_: a target
 * is over its soft limit. */
void Worker::endSegment(std::int64_t from) {
  overSoft_ |= !outbox_.empty() && outbox_.flush();
  if (drained_ != from) {
    if (journaled_) {
      log_.turn(lane_, turn_, from, drained_, nowNs());  // R22: before `drained` says so
    }
    if (handled_ != 0) {
      block_.count(layout::worker::handled, handled_);
      laneBlock_.count(layout::shard::handled, std::exchange(handled_, 0));
    }
    if (dead_ != 0) {
      laneBlock_.count(layout::shard::dead, std::exchange(dead_, 0));
    }
    // Release: who sees the position sees the log entry and the counters.
    laneBlock_.at<std::int64_t>(layout::shard::drained).store(drained_, std::memory_order_release);
  }
  joins_.flush();
  const std::int64_t to = reclaimable();
  if (to > ring_.head()) {
    ring_.reclaim(to);
    stuck_ = 0;
  }
}

/** R21: head goes to the smaller of drained and journaled. */
std::int64_t Worker::reclaimable() const {
  if (!journaled_) {
    return drained_;
  }
  // seq_cst: pairs with the journaler's store before its look (R5); acquires its reads of the records that
  // will be zeroed.
  return std::min(drained_,
                  laneBlock_.at<std::int64_t>(layout::shard::journaled).load(std::memory_order_seq_cst));
}

/** The turn's time: what Java's handlers of this turn see too (it writes the word where the clock is not the
 * system's). */
std::int64_t Worker::nowNs() const { return block_.read<std::int64_t>(layout::worker::turnStartNs); }

bool Worker::recordWaits() const { return drained_ < limit() && ring_.lengthAt(ring_.index(drained_)) > 0; }

/**
 * R2's "left". An open claim at the head is not (R4): its commit looks at the state. Nor is an overflow that
 * waits for room: whoever makes room (a commit, the journal) looks at the state as well.
 */
bool Worker::somethingLeft() const {
  const bool overflow =
      laneBlock_.at<std::int32_t>(layout::shard::overflowFlag).load(std::memory_order_seq_cst) != 0;
  return recordWaits() || (overflow && stuck_ == 0) || reclaimable() > ring_.head();
}

/**
 * Caught up: waits a little for more before the shard is left. First without touching the line that the
 * producer writes (P3: while rates are high), then looking at it (while they are low, the next message is
 * noticed at once). True: there is more.
 */
bool Worker::awaitMore(std::int32_t lastBatch) {
  if (lastBatch == 0 || anyReady(shard_)) {
    return false;  // R10: whoever else is ready comes first; what this turn sent to others, for one
  }
  std::int32_t& wait = engine_.local(shard_).patienceNs;
  if (lastBatch >= kManyRecords) {
    wait = std::min(wait == 0 ? kFirstWaitNs : 2 * wait, region_.patienceNs());
  } else if (lastBatch == 1) {
    wait = 0;  // single messages: somebody may be waiting for the answer
  } else if (lastBatch < kManyRecords / 2) {
    wait = wait > kFirstWaitNs ? wait / 2 : 0;
  }
  if (wait > 0) {
    const std::int64_t until = monotonicNs() + wait;
    do {
      pause();
    } while (monotonicNs() < until);
  }
  constexpr std::int32_t kLooksBetweenScans = 16;
  constexpr std::int32_t kMostLooks = 200;  // then the shard is given back, however long the worker spins
  for (std::int32_t i = 0; i <= std::min(region_.spins(), kMostLooks); i++) {
    if (anyWaits()) {
      return true;
    }
    if (i % kLooksBetweenScans == 0 &&
        (anyReady(shard_) || region_.engineState() >= layout::engineState::stopping ||
         laneBlock_.at<std::int32_t>(layout::shard::overflowFlag).load(std::memory_order_seq_cst) != 0)) {
      return false;
    }
    pause();
  }
  return false;
}

/** Of the lane at hand, or of every lane. Returns the records moved into their rings. */
std::int32_t Worker::flushOverflow() {
  std::int32_t records = 0;
  for (std::int32_t p = 0; p < layout::priority::count; p++) {
    const std::int32_t lane = laneOf_[static_cast<std::size_t>(p)];
    const std::atomic_ref<std::int32_t> flag =
        region_.lane(lane).at<std::int32_t>(layout::shard::overflowFlag);
    if (flag.load(std::memory_order_seq_cst) != 0) {
      records += engine_.overflows()[static_cast<std::size_t>(lane)].flush(region_, lane, region_.ring(lane));
      stuck_ |= flag.load(std::memory_order_seq_cst) != 0 ? 1U << static_cast<unsigned>(p) : 0;
    }
    if (lanes_ == 1) {
      break;
    }
  }
  return records;
}

}  // namespace talaria::core
