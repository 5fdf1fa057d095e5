// What the workers of one engine share: the region, the board, the shards' overflows, the callbacks.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include "dispatch/board.hpp"
#include "dispatch/futex.hpp"
#include "dispatch/membarrier.hpp"
#include "dispatch/overflow.hpp"
#include "dispatch/waiters.hpp"
#include "memory/region.hpp"
#include "talaria/handler_abi.h"
#include "talaria/talaria.h"

namespace talaria::core {

class Worker;

/** What a C++ endpoint's row points to (`instance`). Made and destroyed between turns. */
struct HandlerInstance {
  const talaria_handler_descriptor* descriptor;
  void* state;
};

/** What this process alone keeps of a shard. */
struct alignas(64) ShardLocal {
  /** R17: nobody serves the shard before this time; 0 = no delay. Written by the owner, read by every scan.
   */
  std::atomic<std::int64_t> delayedUntilNs{0};
  /** C5: by priority, the messages of other lanes served while this one had some waiting. The owner's. */
  std::array<std::int32_t, layout::priority::count> passed{};
  /** P3: how long the next wait is; 0 = not patient. The owner's. */
  std::int32_t patienceNs = 0;
  /** BOARD-4: senders left out fences, and no membarrier has made up for them yet. The owner's. */
  bool fenceOwed = false;
};

class Engine {
 public:
  Engine(Bytes* region, Bytes* endpoints, talaria_block_handler onBlock, talaria_failure_handler onFailure,
         talaria_succession_handler onSuccession, std::int64_t user);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] const Region& region() const { return region_; }
  [[nodiscard]] const Board& board() const { return board_; }
  [[nodiscard]] const Waiters& waiters() const { return waiters_; }
  [[nodiscard]] std::vector<Overflow>& overflows() { return overflows_; }
  [[nodiscard]] ShardLocal& local(std::int32_t shard) { return locals_[static_cast<std::size_t>(shard)]; }
  [[nodiscard]] Worker& worker(std::int32_t worker) { return *workers_[static_cast<std::size_t>(worker)]; }
  /** Whether drainers may ask senders to leave out their fence (BOARD-4). */
  [[nodiscard]] bool unfencing() const { return unfencing_.load(std::memory_order_relaxed); }
  /** A membarrier failed: from now on every sender fences. */
  void stopUnfencing() { unfencing_.store(false, std::memory_order_relaxed); }
  /** The up-call with a block; see talaria_block_handler. */
  [[nodiscard]] std::int64_t handUp(Bytes* block, std::int32_t bytes, std::int64_t position,
                                    std::int32_t shard, std::int32_t worker) const noexcept {
    try {
      return onBlock_(user_, reinterpret_cast<std::intptr_t>(block), bytes, position, shard, worker);
    } catch (...) {  // a binding may throw: a turn that an exception leaves would keep its shard for ever
      return -1;
    }
  }
  /** Tells Java of a record that C++ could not handle. */
  void tellFailure(Bytes* record, std::int32_t reason, const char* text, std::int32_t shard,
                   std::int32_t worker) const noexcept {
    try {
      if (onFailure_ != nullptr) {
        onFailure_(user_, reinterpret_cast<std::intptr_t>(record), reason, text, shard, worker);
      }
    } catch (...) {  // as in handUp; the record is counted and logged
    }
  }

  /** A later sender id for an endpoint, in its row when this returns true; see talaria_succession_handler. */
  [[nodiscard]] bool succeed(std::int32_t endpoint, std::int32_t worker) const noexcept {
    try {
      return onSuccession_(user_, endpoint, worker) > 0;
    } catch (...) {  // as in handUp
      return false;
    }
  }

  /** See talaria_engine_clock. */
  void clock(talaria_clock_handler onClock) { onClock_ = onClock; }
  /** The time of the engine's clock. */
  [[nodiscard]] std::int64_t nowNs() const noexcept {
    if (onClock_ != nullptr) {
      try {
        return onClock_(user_);
      } catch (...) {  // as in handUp; the machine's time is better than none
      }
    }
    return monotonicNs() + region_.clockOffsetNs();
  }

  /** talaria_overflow_append. Throws std::bad_alloc, and nothing was appended. */
  void spill(std::int32_t lane, const Bytes* records, std::int64_t bytes);

 private:
  Region region_;
  Board board_;
  Waiters waiters_;
  talaria_block_handler onBlock_;
  talaria_failure_handler onFailure_;
  talaria_succession_handler onSuccession_;
  talaria_clock_handler onClock_ = nullptr;
  std::int64_t user_;
  std::atomic<bool> unfencing_{membarrierUsable()};  // relaxed: a hint, the shard's word decides
  std::vector<Overflow> overflows_;
  std::vector<ShardLocal> locals_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace talaria::core
