// The board: one state word a shard (R1), and the set of parked workers (R6).
//
// Invariants:
//   BOARD-1  OWNED is set by take() alone and cleared by leave() of the same thread: one drainer a shard at a
//            time.
//   BOARD-2  a shard with something to do is READY, or owned by a drainer that looks again before it leaves.
//   BOARD-3  whoever turns an unowned shard READY wakes one parked worker, or goes on to serve ready shards
//            itself.
//   BOARD-4  a shard goes IDLE with its word `unfenced` 0, and if that was 1 after a membarrier that
//   succeeded
//            and another look. Until one succeeds it stays READY.
#pragma once

#include "dispatch/completions.hpp"
#include "memory/region.hpp"

namespace talaria::core {

class Board {
 public:
  explicit Board(const Region& region) : region_(region), completions_(region), states_(region.board()) {}

  /**
   * R5: the look that ends every commit, abort, padding, overflow append and journal progress. The caller's
   * store before it is seq_cst (R3): either we see that READY was cleared, or the drainer that cleared it
   * sees our record.
   */
  void look(std::int32_t shard) const {
    const std::atomic_ref<std::int32_t> state = at(shard);
    if ((state.load(std::memory_order_seq_cst) & layout::state::ready) != 0) {
      return;
    }
    // seq_cst RMW (R1): pairs with take() and leave(); and ordered before the look at the parked set, with R6
    // in reverse.
    if (state.fetch_or(layout::state::ready, std::memory_order_seq_cst) == layout::state::idle) {
      wakeOne(shard);
    }
  }

  /** READY and unowned. */
  [[nodiscard]] bool ready(std::int32_t shard) const {
    return at(shard).load(std::memory_order_seq_cst) == layout::state::ready;
  }

  /** R2: READY -> OWNED, clearing READY before anything is read. seq_cst: pairs with look(). */
  [[nodiscard]] bool take(std::int32_t shard) const {
    std::int32_t expected = layout::state::ready;
    return at(shard).compare_exchange_strong(expected, layout::state::owned, std::memory_order_seq_cst);
  }

  /** R19: the same of a shard that may have nothing to do, for a mover. */
  [[nodiscard]] bool takeAny(std::int32_t shard) const {
    const std::atomic_ref<std::int32_t> state = at(shard);
    std::int32_t expected = state.load(std::memory_order_seq_cst);
    while ((expected & layout::state::owned) == 0) {
      if (state.compare_exchange_weak(expected, layout::state::owned, std::memory_order_seq_cst)) {
        return true;
      }
    }
    return false;
  }

  /**
   * R2: gives the shard back. Returns true if it is READY again: the caller then wakes somebody, or serves it
   * next (BOARD-3). The RMW releases what the drainer wrote to the next one that takes the shard.
   */
  [[nodiscard]] bool leave(std::int32_t shard, bool somethingLeft) const {
    const std::atomic_ref<std::int32_t> state = at(shard);
    std::int32_t expected = layout::state::owned;
    if (!somethingLeft &&
        state.compare_exchange_strong(expected, layout::state::idle, std::memory_order_seq_cst)) {
      return false;
    }
    state.exchange(layout::state::ready, std::memory_order_seq_cst);
    return true;
  }

  /** Takes one worker out of the parked set and wakes it: the shard's home worker if it is there. Of a
   * receiver's shard the completer is told (R9). */
  void wakeOne(std::int32_t shard) const;

  /** Sets the wake word of a worker that the caller took out of the parked set. */
  void unpark(std::int32_t worker) const;

  /** R6: joins the parked set. seq_cst RMW: before the last look at all state words; pairs with look(). */
  void join(std::int32_t worker) const { parked().fetch_or(bit(worker), std::memory_order_seq_cst); }

  /** Leaves the parked set; false if a waker has taken this worker out: a wake-up is on its way (R7). */
  [[nodiscard]] bool quit(std::int32_t worker) const {
    return (parked().fetch_and(~bit(worker), std::memory_order_seq_cst) & bit(worker)) != 0;
  }

 private:
  static std::int64_t bit(std::int32_t worker) { return std::int64_t{1} << worker; }
  [[nodiscard]] std::atomic_ref<std::int32_t> at(std::int32_t shard) const {
    return word<std::int32_t>(states_ + static_cast<std::ptrdiff_t>(shard) * layout::state::lengthBytes);
  }
  [[nodiscard]] std::atomic_ref<std::int64_t> parked() const {
    return region_.header().at<std::int64_t>(layout::header::parked);
  }

  const Region& region_;
  Completions completions_;
  Bytes* states_;
};

}  // namespace talaria::core
