// One worker: scans the board, takes shards, drains them in turns, parks when there is nothing (R1-R10). One
// thread at a time.
//
// Invariants:
//   WORK-1  at most one shard is held at a time, and none while parked; but for a mover, which holds two.
//   WORK-2  a drainer never waits for another drainer; it waits for the journaler (a full turn log) and for
//   time, never for room in another's ring.
//   WORK-3  within a turn: handle, flush what was sent, log the segment, publish `drained`, reclaim, then
//   look again or leave.
#pragma once

#include <array>
#include <vector>

#include "dispatch/engine.hpp"
#include "dispatch/handler_call.hpp"
#include "dispatch/idle.hpp"
#include "dispatch/joins.hpp"
#include "dispatch/outbox.hpp"
#include "dispatch/turn_log.hpp"

namespace talaria::core {

/** Lines of its own: it is written with each record, and its neighbour on the heap may be another. */
class alignas(128) Worker {
 public:
  Worker(Engine& engine, std::int32_t worker);

  /** Until engineState is stopping. */
  void run();

  /** One lap; never waits. Returns records handled, dead or flushed. */
  std::int32_t invoke();

 private:
  friend class HandlerCalls;

  // ---- scanning (worker.cpp)
  // -----------------------------------------------------------------------------------------------
  std::int32_t lap(bool patient);
  std::int32_t serveHome(bool patient);
  std::int32_t steal(bool patient, bool onlyOfBusyHomes);
  [[nodiscard]] bool homeIsBusy(std::int32_t shard) const;
  [[nodiscard]] bool served(std::int32_t shard, bool patient, std::int32_t& records);
  [[nodiscard]] bool delayed(std::int32_t shard);
  [[nodiscard]] bool anyReady(std::int32_t except) const;
  [[nodiscard]] bool mayServe(std::int32_t shard) const;
  void park();
  void retire();
  void findHome();
  void handOver(std::int32_t next);
  [[nodiscard]] std::uint32_t random();

  // ---- a turn (turn.cpp)
  // ---------------------------------------------------------------------------------------------------
  std::int32_t turn(std::int32_t shard, bool patient);
  void begin(std::int32_t shard);
  void finish();
  void number();
  void unfence();
  [[nodiscard]] bool leftUnseen();
  std::int32_t serveLane(std::int32_t most);
  void endSegment(std::int64_t from);
  [[nodiscard]] std::int64_t limit() const;
  std::int32_t drainBatch(std::int64_t limit, std::int32_t most);
  [[nodiscard]] std::int64_t reclaimable() const;
  [[nodiscard]] std::int64_t nowNs() const;
  [[nodiscard]] bool somethingLeft() const;
  [[nodiscard]] bool awaitMore(std::int32_t lastBatch);
  [[nodiscard]] bool recordWaits() const;
  std::int32_t flushOverflow();
  void rest();

  // ---- lanes (lanes.cpp)
  // ---------------------------------------------------------------------------------------------------
  struct Visit {
    std::int32_t priority;  // -1: nothing waits
    std::int32_t most;
  };
  [[nodiscard]] std::int32_t laneOf(std::int32_t priority) const {
    return laneOf_[static_cast<std::size_t>(priority)];
  }
  /** Whether the next lower priority has the same lane: that is told by the lowest. */
  [[nodiscard]] bool sharesLane(std::int32_t priority) const {
    return priority > 0 && laneOf(priority) == laneOf(priority - 1);
  }
  void hold(std::int32_t shard);
  void select(std::int32_t lane);
  std::int32_t serveLanes();
  [[nodiscard]] Visit nextVisit(std::int32_t most);
  void pass(std::int32_t priority, std::int32_t records);
  [[nodiscard]] bool waitsAt(std::int32_t priority);
  [[nodiscard]] bool anyWaits();
  [[nodiscard]] bool leftInLanes();

  // ---- records (records.cpp)
  // -----------------------------------------------------------------------------------------------
  [[nodiscard]] std::int64_t handUp(std::int64_t from, std::int64_t to, bool mayStay, std::int32_t inBlock);
  [[nodiscard]] std::int64_t failedBehind(std::int64_t from, std::int64_t to);
  void countAsHandled(std::int64_t from, std::int64_t to);
  [[nodiscard]] std::int64_t skipFailure(std::int64_t from, std::int64_t to);
  [[nodiscard]] std::int32_t handle(std::int64_t first, std::int64_t limit, std::int32_t most, Row row,
                                    Home home);
  void handOne(const HandlerInstance& instance, std::int64_t position);
  void tally(Row row, std::int64_t handled, std::int64_t ns) const;
  [[nodiscard]] std::int32_t givenUp(Row row, Home home, RecordView record) const;
  [[nodiscard]] bool displaced(Row row) const;
  [[nodiscard]] std::int32_t priority() const;
  void flushEarly(std::int32_t lane);
  void bury(RecordView record, std::int32_t reason, const char* text, std::int64_t position);
  void lose(RecordView record);
  [[nodiscard]] bool isLike(RecordView model, std::int32_t index) const;
  [[nodiscard]] std::int32_t takeLike(std::int64_t first, std::int64_t end, std::int32_t most) const;
  void giveUp(RecordView record, std::int32_t reason, const char* text);

  // ---- moving an endpoint (move.cpp)
  // ----------------------------------------------------------------------------------------------------
  void moveIfAsked();
  [[nodiscard]] std::int32_t move(std::int32_t endpoint, std::uint16_t generation, std::int32_t to);
  [[nodiscard]] bool claimOpen();
  void empty();
  void drainTo(const std::array<std::int64_t, layout::priority::count>& tails);
  [[nodiscard]] std::array<std::int64_t, layout::priority::count> tails() const;
  void logMove(std::int32_t endpoint, std::uint16_t generation, std::int32_t to);
  void giveBack(std::int32_t shard);

  Engine& engine_;
  const Region& region_;
  const Board& board_;
  const std::int32_t worker_;
  const Block block_;
  TurnLog log_;
  Outbox outbox_;
  HandlerCalls calls_;
  JoinTally joins_;
  std::vector<std::int32_t> home_;
  std::int32_t homesOf_ = 0;  // of so many active workers

  // Between turns.
  Idle idle_;
  std::size_t nextHome_ = 0;
  std::int32_t owesWake_ = -1;  // BOARD-3: a shard left READY, whose wake-up is due unless it is served next
  std::int64_t delayEndsNs_ = 0;
  std::uint32_t laps_ = 0;
  std::uint32_t seed_;

  // Within a turn.
  std::int32_t shard_ = -1;
  Block shardBlock_;
  std::int32_t lanes_ = 1;
  std::array<std::int32_t, layout::priority::count> laneOf_{};  // by priority
  std::int32_t lane_ = -1;                                      // of these, the one being drained
  Block laneBlock_;
  Ring ring_;
  std::int64_t turn_ = 0;
  std::int64_t drained_ = 0;
  bool behind_ = false;   // the last batch was full: the senders are far ahead
  bool patient_ = false;  // may wait for more
  bool journaled_ = false;
  bool unfenced_ = false;    // a membarrier is due before the shard goes IDLE (BOARD-4)
  bool overSoft_ = false;    // a target was over its soft limit at a flush within the batch
  std::uint32_t stuck_ = 0;  // by priority: the lane's overflow waits for room that is not there yet
  std::int32_t stayed_ = 0;  // records that Java handled behind the blocks of this batch
  std::int64_t handled_ = 0;
  std::int64_t dead_ = 0;
};

}  // namespace talaria::core
