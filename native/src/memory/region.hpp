// Views over the blocks of a region (docs/layout.md): addresses only, they own nothing.
#pragma once

#include "memory/home.hpp"
#include "memory/layout.hpp"
#include "memory/ring.hpp"

namespace talaria::core {

/** One block of words; T's come from the tables of docs/layout.md. */
class Block {
 public:
  Block() = default;
  explicit Block(Bytes* base) : base_(base) {}
  [[nodiscard]] Bytes* base() const { return base_; }
  template <typename T>
  [[nodiscard]] std::atomic_ref<T> at(std::int32_t offset) const {
    return word<T>(base_ + offset);
  }
  /** Adds to a word that the caller alone writes. */
  template <typename T>
  void count(std::int32_t offset, T value) const {
    add<T>(base_ + offset, value);
  }
  template <typename T>
  [[nodiscard]] T read(std::int32_t offset) const {
    return at<T>(offset).load(std::memory_order_relaxed);
  }

 private:
  Bytes* base_ = nullptr;
};

/** One row of the endpoint table. */
class Row : public Block {
 public:
  using Block::Block;

  /** seq_cst: both reads of R15 and the drainer's look stand in one order with the mover's and the closer's
   * write. */
  [[nodiscard]] [[gnu::always_inline]] Home home() const {
    return Home{at<std::uint64_t>(layout::row::home).load(std::memory_order_seq_cst)};
  }
  /** R19: seq_cst, as home(). False if the word is another one by now. */
  [[nodiscard]] bool rehome(Home from, Home to) const {
    return at<std::uint64_t>(layout::row::home)
        .compare_exchange_strong(from.bits, to.bits, std::memory_order_seq_cst);
  }
  /** Relaxed: written between turns by a holder of the shard, or before the first record for it was claimed.
   */
  [[nodiscard]] std::int32_t kind() const { return read<std::int32_t>(layout::row::kind); }
};

/** The region, with its configuration read once: the header's configuration never changes while an engine
 * runs. */
class Region {
 public:
  Region(Bytes* region, Bytes* endpoints);

  [[nodiscard]] Block header() const { return Block(region_); }
  /** A slot of the samples, 1 ... sample::slots - 1. */
  [[nodiscard]] Block sample(std::int32_t slot) const {
    return Block(region_ + samplesOffset_ + static_cast<std::int64_t>(slot) * layout::sample::lengthBytes);
  }
  [[nodiscard]] Bytes* board() const { return region_ + boardOffset_; }
  [[nodiscard]] Block worker(std::int32_t worker) const {
    return Block(region_ + workersOffset_ + static_cast<std::int64_t>(worker) * layout::worker::lengthBytes);
  }
  [[nodiscard]] Block waiter(std::int32_t slot) const {
    return Block(region_ + waitersOffset_ + static_cast<std::int64_t>(slot) * layout::waiter::lengthBytes);
  }
  /** Fetches the line in which a waiter is won, for writing: who waits does not look at it meanwhile. Any
   * value may be given. */
  [[gnu::always_inline]] void prefetchWaiter(std::uint64_t correlation) const {
    fetchForWriting(region_ + waitersOffset_ +
                    static_cast<std::int64_t>(correlation >> 32) * layout::waiter::lengthBytes);
  }
  [[nodiscard]] Block join(std::int32_t slot) const {
    return Block(region_ + joinsOffset_ + static_cast<std::int64_t>(slot) * layout::join::lengthBytes);
  }
  [[nodiscard]] std::int32_t joinSlots() const { return joinSlots_; }
  /** A shard's block, which is that of its NORMAL lane too: that lane has the shard's number. */
  [[nodiscard]] Block shard(std::int32_t shard) const { return lane(shard); }
  [[nodiscard]] Block lane(std::int32_t lane) const {
    return Block(region_ + shardsOffset_ + static_cast<std::int64_t>(lane) * layout::shard::lengthBytes);
  }
  /** The shard of a lane. */
  [[nodiscard]] std::int32_t shardOf(std::int32_t lane) const {
    return lane < shardCount_ ? lane : this->lane(lane).read<std::int32_t>(layout::shard::shard);
  }
  /** The lane of a shard that takes messages of a priority. */
  [[nodiscard]] std::int32_t laneOf(std::int32_t shard, std::int32_t priority) const {
    return this->shard(shard).read<std::int32_t>(layout::shard::laneOf + 4 * priority);
  }
  [[nodiscard]] Ring ring(std::int32_t lane) const;
  [[nodiscard]] Ring turnLog(std::int32_t worker) const;
  [[nodiscard]] Ring completions() const {
    return {region_ + completionsOffset_, layout::completion::capacityBytes};
  }
  /** The row of an index below maxEndpoints(). */
  [[nodiscard]] [[gnu::always_inline]] Row row(std::int32_t index) const {
    return Row(endpoints_ + static_cast<std::int64_t>(index) * layout::row::lengthBytes);
  }
  [[nodiscard]] bool holds(std::int32_t index) const {
    return static_cast<std::uint32_t>(index) < static_cast<std::uint32_t>(maxEndpoints_);
  }

  [[nodiscard]] std::int32_t engineState() const {
    return header().at<std::int32_t>(layout::header::engineState).load(std::memory_order_seq_cst);
  }
  /** The move word (MOVE-1): moves begun in the upper half, in progress in the lower. */
  [[nodiscard]] std::int64_t moves() const {
    // seq_cst: with the home words' reads and writes in one order.
    return header().at<std::int64_t>(layout::header::moves).load(std::memory_order_seq_cst);
  }
  /** What is asked of a mover: layout::moveState. */
  [[nodiscard]] std::int32_t moveState() const {
    return header().at<std::int32_t>(layout::header::moveState).load(std::memory_order_seq_cst);
  }
  /** Whether a move waits that takes this shard: a hint, for who holds or would take it. */
  [[nodiscard]] bool wantedByMove(std::int32_t shard) const {
    return moveState() == layout::moveState::asked &&
           (header().read<std::int32_t>(layout::header::moveFrom) == shard ||
            header().read<std::int32_t>(layout::header::moveTo) == shard);
  }
  /** Workers below this number drain; the others rest. Read anew each time. */
  [[nodiscard]] std::int32_t activeWorkers() const {
    // seq_cst: a worker that rests stored its wake word before (Worker::rest).
    return header().at<std::int32_t>(layout::header::activeWorkers).load(std::memory_order_seq_cst);
  }
  /** The worker that a shard is at home on, of those that do not rest. */
  [[nodiscard]] std::int32_t homeOf(std::int32_t shard) const {
    const std::int32_t home = this->shard(shard).read<std::int32_t>(layout::shard::homeWorker);
    const std::int32_t active = activeWorkers();
    return home < active ? home : home % active;
  }
  /** Read anew each time: the control side may clear the flag when the journal fails (R23). */
  [[nodiscard]] bool journaled() const { return (flags() & layout::headerFlag::journaled) != 0; }
  [[nodiscard]] bool writeAhead() const { return (flags() & layout::headerFlag::writeAhead) != 0; }
  [[nodiscard]] bool stealing() const { return (flags() & layout::headerFlag::noStealing) == 0; }
  [[nodiscard]] bool invoker() const { return (flags() & layout::headerFlag::invoker) != 0; }

  [[nodiscard]] std::int32_t shardCount() const { return shardCount_; }
  /** Lanes of all shards together: numbers below shardCount() are the shards' NORMAL lanes. */
  [[nodiscard]] std::int32_t laneCount() const { return laneCount_; }
  /** Shards that workers look at: those in use, from 0. Read anew each time: more may be opened. */
  [[nodiscard]] std::int32_t scanShards() const {
    // seq_cst: before it parks a worker must not miss one that was opened (R6).
    return header().at<std::int32_t>(layout::header::scanShards).load(std::memory_order_seq_cst);
  }
  [[nodiscard]] std::int32_t lowerEvery() const { return lowerEvery_; }
  [[nodiscard]] std::int32_t workerCount() const { return workerCount_; }
  [[nodiscard]] std::int32_t waiterSlots() const { return waiterSlots_; }
  [[nodiscard]] std::int32_t maxMessageBytes() const { return maxMessageBytes_; }
  [[nodiscard]] std::int32_t maxEndpoints() const { return maxEndpoints_; }
  [[nodiscard]] std::int32_t batchRecords() const { return batchRecords_; }
  [[nodiscard]] std::int32_t blockBytes() const { return blockBytes_; }
  [[nodiscard]] std::int32_t patienceNs() const { return patienceNs_; }
  [[nodiscard]] std::int64_t clockOffsetNs() const { return clockOffsetNs_; }
  [[nodiscard]] std::int32_t spins() const { return spins_; }
  [[nodiscard]] std::int32_t yields() const { return yields_; }
  [[nodiscard]] bool adaptive() const { return adaptive_; }
  [[nodiscard]] std::int64_t parkNs() const { return parkNs_; }
  [[nodiscard]] std::int64_t overflowSoftBytes() const { return overflowSoftBytes_; }
  [[nodiscard]] std::int64_t overflowHardBytes() const { return overflowHardBytes_; }
  [[nodiscard]] std::int64_t anchorEpochNs() const { return anchorEpochNs_; }
  [[nodiscard]] std::int64_t anchorNanoTime() const { return anchorNanoTime_; }

  /** Why this memory cannot be served, or nullptr. */
  [[nodiscard]] static const char* refusal(Bytes* region, const Bytes* endpoints);

 private:
  [[nodiscard]] std::int32_t flags() const { return header().read<std::int32_t>(layout::header::flags); }
  [[nodiscard]] std::int64_t section(std::int32_t i) const {
    return header().read<std::int64_t>(layout::header::sections + layout::section::lengthBytes * i);
  }

  Bytes* region_;
  Bytes* endpoints_;
  std::int64_t boardOffset_;
  std::int64_t workersOffset_;
  std::int64_t waitersOffset_;
  std::int64_t completionsOffset_;
  std::int64_t shardsOffset_;
  std::int64_t turnLogsOffset_;
  std::int64_t joinsOffset_;
  std::int32_t joinSlots_;
  std::int64_t samplesOffset_;
  std::int32_t shardCount_;
  std::int32_t laneCount_;
  std::int32_t lowerEvery_;
  std::int32_t workerCount_;
  std::int32_t waiterSlots_;
  std::int32_t maxMessageBytes_;
  std::int32_t maxEndpoints_;
  std::int32_t batchRecords_;
  std::int32_t blockBytes_;
  std::int32_t patienceNs_;
  std::int64_t clockOffsetNs_;
  std::int32_t spins_;
  std::int32_t yields_;
  bool adaptive_;
  std::int32_t turnLogCapacity_;
  std::int64_t parkNs_;
  std::int64_t overflowSoftBytes_;
  std::int64_t overflowHardBytes_;
  std::int64_t anchorEpochNs_;
  std::int64_t anchorNanoTime_;
};

}  // namespace talaria::core
