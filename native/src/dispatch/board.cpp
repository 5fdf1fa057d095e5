#include "dispatch/board.hpp"

#include <bit>

#include "dispatch/futex.hpp"

namespace talaria::core {

void Board::wakeOne(std::int32_t shard) const {
  if (region_.shard(shard).read<std::int32_t>(layout::shard::kind) != layout::shardKind::worker) {
    completions_.ready(shard);
    return;
  }
  // seq_cst: after the RMW that made the shard READY. A worker that joins later sees that READY (R6).
  std::int64_t set = parked().load(std::memory_order_seq_cst);
  while (set != 0) {
    const std::int32_t home = region_.homeOf(shard);
    const bool homeParked = (set & bit(home)) != 0;
    if (!homeParked && !region_.stealing()) {
      return;  // others would find nothing; a home worker that is not parked looks before it parks (R6)
    }
    const std::int32_t chosen = homeParked ? home : std::countr_zero(static_cast<std::uint64_t>(set));
    // R6: out of the set by CAS, so that two wakers never spend their wake-ups on one worker.
    if (parked().compare_exchange_weak(set, set & ~bit(chosen), std::memory_order_seq_cst)) {
      unpark(chosen);
      return;
    }
  }
}

void Board::unpark(std::int32_t worker) const {
  const std::atomic_ref<std::int32_t> wake =
      region_.worker(worker).at<std::int32_t>(layout::worker::wakeWord);
  // Relaxed: what a wake-up costs is a measurement.
  region_.worker(worker)
      .at<std::int64_t>(layout::worker::wokenNs)
      .store(monotonicNs(), std::memory_order_relaxed);
  // seq_cst, and before the system call: a worker that has not slept yet sees the 1, one that sleeps is woken
  // (R9).
  wake.store(1, std::memory_order_seq_cst);
  futexWake(reinterpret_cast<std::int32_t*>(region_.worker(worker).base() + layout::worker::wakeWord), 1);
}

}  // namespace talaria::core
