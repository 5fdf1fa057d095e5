#include "dispatch/overflow.hpp"

#include <sched.h>

namespace talaria::core {

/** Header of a malloc'd piece; `size` bytes of records follow, those before `read` are gone. */
struct Overflow::Chunk {
  static constexpr std::int64_t kBytes = 64 * 1024;
  Chunk* next;
  std::int64_t read;
  std::int64_t size;
  std::int64_t capacity;
  [[nodiscard]] Bytes* data() { return reinterpret_cast<Bytes*>(this + 1); }
};

/** Holds `overflowLock`. Spins, then yields: the holder only copies, but it may have been descheduled. */
class Overflow::Guard {
 public:
  explicit Guard(Block lane) : lock_(lane.at<std::int32_t>(layout::shard::overflowLock)) {
    // Acquire: pairs with the release below.
    for (int i = 0; lock_.exchange(1, std::memory_order_acquire) != 0; i++) {
      if (i < 100) {
        pause();
      } else {
        sched_yield();
      }
    }
  }
  ~Guard() { lock_.store(0, std::memory_order_release); }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

 private:
  std::atomic_ref<std::int32_t> lock_;
};

Overflow::~Overflow() {
  for (Chunk* chunk = first_; chunk != nullptr;) {
    Chunk* next = chunk->next;
    std::free(chunk);
    chunk = next;
  }
  std::free(spare_);
}

std::int32_t homeLane(const Region& region, const Bytes* record, std::int32_t lane) {
  const std::int32_t target = get<std::int32_t>(record + layout::record::target);
  if (!region.holds(target)) {
    return lane;
  }
  const Home home = region.row(target).home();
  const bool current = home.handles(get<std::uint16_t>(record + layout::record::generation));
  if (!current || home.shard() < 0 || home.shard() >= region.shardCount() ||
      home.shard() == region.shardOf(lane)) {
    return lane;
  }
  return region.laneOf(home.shard(), region.lane(lane).read<std::int32_t>(layout::shard::priority));
}

void Overflow::append(const Region& region, std::int32_t lane, const Bytes* records, std::int64_t bytes,
                      Buffer& moved) {
  const Block block = region.lane(lane);
  const Guard guard(block);
  moved.reserve(bytes);  // all memory first: what is appended is appended whole
  ensureRoom(bytes);
  std::int64_t taken = 0;
  std::int64_t count = 0;
  bool away = false;
  for (std::int64_t offset = 0; offset < bytes;) {
    const Bytes* record = records + offset;
    const std::int32_t size = aligned(get<std::int32_t>(record));
    // R16, OVER-2: the home word is read under the lock; a mover flushes under it after it has written the
    // word.
    away |= homeLane(region, record, lane) != lane;
    if (!away) {
      std::memcpy(last_->data() + last_->size, record, static_cast<std::size_t>(size));
      last_->size += size;
      taken += size;
      count++;
    } else {
      moved.append(record, size);
    }
    offset += size;
  }
  if (count != 0) {
    block.count<std::int64_t>(layout::shard::overflowBytes, taken);
    block.count<std::int64_t>(layout::shard::overflowRecords, count);
    block.count<std::int64_t>(layout::shard::spilled, count);
    // seq_cst (OVER-1): before this append ends, so before the same sender's next send reads the flag.
    block.at<std::int32_t>(layout::shard::overflowFlag).store(1, std::memory_order_seq_cst);
  }
}

std::int64_t Overflow::waiting(const Region& region, std::int32_t lane) {
  const Block block = region.lane(lane);
  const Guard guard(block);
  return block.read<std::int64_t>(layout::shard::overflowRecords);
}

std::int32_t Overflow::flush(const Region& region, std::int32_t lane, const Ring& ring) {
  const Block block = region.lane(lane);
  const Guard guard(block);
  std::int64_t bytesMoved = 0;
  std::int32_t recordsMoved = 0;
  while (first_ != nullptr) {
    if (first_->read == first_->size) {
      release();  // also a chunk that was made for records which had moved
      continue;
    }
    Bytes* from = first_->data() + first_->read;
    const std::int64_t available = first_->size - first_->read;
    // P2: a range of at most an eighth of the ring, or one record.
    std::int32_t range = aligned(get<std::int32_t>(from));
    const std::int32_t single = range;
    std::int32_t records = 1;
    while (range < available) {
      const std::int32_t next = aligned(get<std::int32_t>(from + range));
      if (range + next > ring.capacity() / 8) {
        break;
      }
      range += next;
      records++;
    }
    std::int32_t index = ring.claim(range);
    if (index < 0 && records > 1) {
      range = single;
      records = 1;
      index = ring.claim(range);
    }
    if (index < 0) {
      // Full. A padded end needs no look: this is the owner, who drains next.
      break;
    }
    ring.commitRange(index, from, range);
    bytesMoved += range;
    recordsMoved += records;
    first_->read += range;
  }
  block.count<std::int64_t>(layout::shard::overflowBytes, -bytesMoved);
  block.count<std::int64_t>(layout::shard::overflowRecords, -static_cast<std::int64_t>(recordsMoved));
  if (first_ == nullptr) {
    // R16, OVER-1: last. seq_cst: who reads 0 and then claims, claims behind what was committed above.
    block.at<std::int32_t>(layout::shard::overflowFlag).store(0, std::memory_order_seq_cst);
  }
  return recordsMoved;
}

void Overflow::ensureRoom(std::int64_t bytes) {
  if (last_ == nullptr || last_->capacity - last_->size < bytes) {
    Chunk* chunk = nullptr;
    if (spare_ != nullptr && spare_->capacity >= bytes) {
      chunk = std::exchange(spare_, nullptr);
    } else {
      const std::int64_t capacity = std::max(bytes, Chunk::kBytes);
      chunk = static_cast<Chunk*>(std::malloc(sizeof(Chunk) + static_cast<std::size_t>(capacity)));
      if (chunk == nullptr) {
        throw std::bad_alloc();
      }
      chunk->capacity = capacity;
    }
    chunk->next = nullptr;
    chunk->read = 0;
    chunk->size = 0;
    (last_ == nullptr ? first_ : last_->next) = chunk;
    last_ = chunk;
  }
}

void Overflow::release() {
  Chunk* chunk = first_;
  first_ = chunk->next;
  if (first_ == nullptr) {
    last_ = nullptr;
  }
  std::free(spare_);
  spare_ = chunk;
}

void sendAlone(const Region& region, const Board& board, std::vector<Overflow>& overflows,
               const Bytes* record, std::int32_t lane) {
  const std::int32_t size = aligned(get<std::int32_t>(record));
  Buffer moved;
  do {
    const std::int32_t home = homeLane(region, record, lane);
    const Block block = region.lane(home);
    std::int32_t index = Ring::kFull;
    // seq_cst (OVER-1), as Outbox::intoRing.
    if (block.at<std::int32_t>(layout::shard::overflowFlag).load(std::memory_order_seq_cst) == 0) {
      index = region.ring(home).claim(size);
    }
    const bool there = index >= 0 && homeLane(region, record, lane) == home;  // R15: the second read
    if (there) {
      region.ring(home).commitRange(index, record, size);
    } else if (index >= 0) {
      region.ring(home).abort(index, size);
    } else {
      if (index == Ring::kFullPadded) {
        board.look(region.shardOf(home));  // R5: the append may throw
      }
      moved.clear();
      overflows[static_cast<std::size_t>(home)].append(region, home, record, size, moved);
    }
    board.look(region.shardOf(home));  // R5
    if (there || (index < 0 && moved.empty())) {
      return;
    }
  } while (true);
}

}  // namespace talaria::core
