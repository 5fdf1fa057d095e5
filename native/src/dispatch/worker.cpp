#include "dispatch/worker.hpp"

#include <sched.h>

#include <algorithm>

#include "dispatch/futex.hpp"

namespace talaria::core {

Worker::Worker(Engine& engine, std::int32_t worker)
    : engine_(engine),
      region_(engine.region()),
      board_(engine.board()),
      worker_(worker),
      block_(engine.region().worker(worker)),
      log_(engine.region(), worker),
      outbox_(engine.region(), engine.board(), engine.overflows(),
              [this](RecordView record) { lose(record); }),
      calls_(this),
      joins_(engine.region()),
      idle_(engine.region()),
      seed_(0x9E3779B9U * static_cast<std::uint32_t>(worker + 1)) {
  home_.reserve(static_cast<std::size_t>(region_.shardCount()));
  findHome();
}

/** Workers that rest have no shards at home: those are spread over the others. */
void Worker::findHome() {
  homesOf_ = region_.activeWorkers();
  nextHome_ = 0;
  home_.clear();
  for (std::int32_t s = 0; s < region_.shardCount(); s++) {
    if (region_.shard(s).read<std::int32_t>(layout::shard::kind) == layout::shardKind::worker &&
        region_.homeOf(s) == worker_) {
      home_.push_back(s);
    }
  }
}

void Worker::run() {
  idle_.reset();
  while (region_.engineState() < layout::engineState::stopping) {
    if (worker_ >= region_.activeWorkers()) {
      retire();
      continue;
    }
    if (lap(true) != 0) {
      idle_.reset();
      continue;
    }
    block_.count<std::int64_t>(layout::worker::empties, 1);
    switch (idle_.next()) {
      case Idle::Step::look:
        pause();
        break;
      case Idle::Step::yield:
        sched_yield();
        break;
      default:
        park();
    }
  }
  handOver(-1);
}

std::int32_t Worker::invoke() {
  const std::int32_t records = lap(false);
  handOver(-1);
  return records;
}

/** Home shards first; others' when those had nothing, and now and then anyway, lest a stuck worker's shards
 * starve. */
std::int32_t Worker::lap(bool patient) {
  delayEndsNs_ = 0;
  if (homesOf_ != region_.activeWorkers()) {
    findHome();
  }
  moveIfAsked();
  std::int32_t records = serveHome(patient);
  if (records == 0 || ++laps_ % 8 == 0 || !patient) {
    std::int32_t stolen = steal(patient, true);
    // A home worker that is looking takes its shard itself; after two looks it evidently does not.
    if (stolen == 0 && (idle_.empties() >= 2 || !patient)) {
      stolen = steal(patient, false);
    }
    records += stolen;
  }
  return records;
}

std::int32_t Worker::serveHome(bool patient) {
  std::int32_t records = 0;
  const std::size_t count = home_.size();
  const std::size_t start = nextHome_;
  for (std::size_t i = 0; i < count; i++) {  // R10: from behind the shard served last, each at most once
    const std::size_t at = start + i < count ? start + i : start + i - count;
    if (served(home_[at], patient, records)) {
      nextHome_ = at + 1 < count ? at + 1 : 0;
    }
  }
  return records;
}

std::int32_t Worker::steal(bool patient, bool onlyOfBusyHomes) {
  if (region_.workerCount() == 1 || !region_.stealing()) {
    return 0;
  }
  const std::int32_t count = region_.scanShards();
  std::int32_t records = 0;
  auto shard =
      static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(count));  // R10: thieves start anywhere
  for (std::int32_t i = 0; i < count; i++) {
    if (board_.ready(shard)) {
      if (region_.homeOf(shard) != worker_ && (!onlyOfBusyHomes || homeIsBusy(shard)) &&
          served(shard, patient, records)) {
        block_.count<std::int64_t>(layout::worker::steals, 1);
        if (patient) {
          break;  // one at a time: then the home shards again
        }
      }
    }
    shard = shard + 1 == count ? 0 : shard + 1;
  }
  return records;
}

bool Worker::homeIsBusy(std::int32_t shard) const {
  return region_.worker(region_.homeOf(shard)).read<std::int32_t>(layout::worker::shard) >= 0;
}

/** Takes and serves a shard if it is READY; true if a turn was had. */
bool Worker::served(std::int32_t shard, bool patient, std::int32_t& records) {
  if (!board_.ready(shard) || delayed(shard)) {
    return false;
  }
  handOver(shard);
  if (!board_.take(shard)) {
    return false;
  }
  records += turn(shard, patient);
  return true;
}

/** R17: over the soft limit the sending shard rests for a time; its delay ends by itself. So does one that a
 * mover waits for. */
bool Worker::delayed(std::int32_t shard) {
  std::atomic<std::int64_t>& until = engine_.local(shard).delayedUntilNs;
  // Hints: READY stays set, so nothing is lost.
  const std::int64_t ends = region_.wantedByMove(shard)
                                ? region_.header().read<std::int64_t>(layout::header::moveUntilNs)
                                : until.load(std::memory_order_relaxed);
  if (ends == 0 || monotonicNs() >= ends) {
    return false;
  }
  if (delayEndsNs_ == 0 || ends < delayEndsNs_) {
    delayEndsNs_ = ends;
  }
  return true;
}

/** A shard was left READY (BOARD-3); wakes somebody for it unless this worker serves it next. */
void Worker::handOver(std::int32_t next) {
  const std::int32_t owed = owesWake_;
  if (owed < 0) {
    return;
  }
  owesWake_ = -1;
  if (owed != next && board_.ready(owed)) {
    board_.wakeOne(owed);  // R2
  }
}

bool Worker::anyReady(std::int32_t except) const {
  const std::int32_t count = region_.scanShards();
  for (std::int32_t s = 0; s < count; s++) {
    if (s != except && board_.ready(s)) {
      return true;
    }
  }
  return false;
}

/** Whether this worker would take the shard: where nobody steals, its own. */
bool Worker::mayServe(std::int32_t shard) const {
  return region_.stealing() || region_.homeOf(shard) == worker_;
}

/** More workers than there is work for: this one rests until it is wanted again. R7: a wake-up that was meant
 * for somebody who drains is passed on. */
void Worker::retire() {
  handOver(-1);
  for (std::int32_t s = 0; s < region_.scanShards(); s++) {
    if (board_.ready(s)) {
      board_.wakeOne(s);
      break;
    }
  }
  const std::atomic_ref<std::int32_t> wake = block_.at<std::int32_t>(layout::worker::wakeWord);
  // As in park: whoever wants this worker back writes that first and the wake word behind it.
  wake.store(0, std::memory_order_seq_cst);
  if (worker_ >= region_.activeWorkers() && region_.engineState() < layout::engineState::stopping) {
    futexWait(reinterpret_cast<std::int32_t*>(block_.base() + layout::worker::wakeWord), 0, -1);
  }
  idle_.reset();
}

void Worker::park() {
  const std::atomic_ref<std::int32_t> wake = block_.at<std::int32_t>(layout::worker::wakeWord);
  // Before joining: every wake-up that is meant for this stay comes after it. A late one of the last stay
  // ends this one early.
  wake.store(0, std::memory_order_seq_cst);
  board_.join(worker_);
  // R6: once more, behind the join. A producer that made a shard READY after this look finds us in the set.
  delayEndsNs_ = 0;
  std::int64_t sleptNs = 0;
  bool ready = region_.engineState() >= layout::engineState::stopping;
  for (std::int32_t s = 0; s < region_.scanShards() && !ready; s++) {
    ready = board_.ready(s) && mayServe(s) && !delayed(s);
  }
  ready |= region_.moveState() == layout::moveState::asked;
  if (!ready) {
    owesWake_ =
        -1;  // what was left READY is served, owned, or delayed: then we wait no longer than its delay
    std::int64_t timeout = region_.parkNs();
    if (delayEndsNs_ != 0) {
      const std::int64_t delay = delayEndsNs_ - monotonicNs();
      timeout = timeout <= 0 || delay < timeout ? (delay > 0 ? delay : 1) : timeout;
    }
    block_.count<std::int64_t>(layout::worker::parks, 1);
    if (wake.load(std::memory_order_seq_cst) == 0) {
      sleptNs = monotonicNs();
      futexWait(reinterpret_cast<std::int32_t*>(block_.base() + layout::worker::wakeWord), 0,
                timeout > 0 ? timeout : -1);
    }
  }
  // Look around with patience again, others' shards included; one look where nobody called.
  if (board_.quit(worker_)) {
    idle_.lookOnce();
    return;
  }
  const std::int64_t wokenNs =
      block_.at<std::int64_t>(layout::worker::wokenNs).load(std::memory_order_relaxed);
  // A stamp of this sleep, not of the one before: who takes a worker out of the set stamps a little later.
  const std::int64_t cost = idle_.woken(sleptNs != 0 && wokenNs >= sleptNs ? wokenNs : 0);
  block_.at<std::int64_t>(layout::worker::wakeCostNs).store(cost, std::memory_order_relaxed);
  block_.count<std::int64_t>(layout::worker::wakeUps, 1);
  if (region_.engineState() >= layout::engineState::stopping) {
    board_.wakeOne(worker_ % region_.scanShards());  // R7: this worker drains no more
  }
}

std::uint32_t Worker::random() {
  seed_ ^= seed_ << 13;
  seed_ ^= seed_ >> 17;
  seed_ ^= seed_ << 5;
  return seed_;
}

}  // namespace talaria::core
