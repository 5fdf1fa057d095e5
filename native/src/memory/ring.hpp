// A ring: Agrona's ManyToOneRingBuffer, byte for byte (docs/layout.md, "Ring").
//
// Who may call what: claim/commit/abort any thread, lock-free; everything under "drain side" the owner of the
// ring alone. Order: records are drained in the order of their claims. No allocation, no system call.
//
// Invariants:
//   RING-1  head <= drained <= tail <= head + capacity.
//   RING-2  every byte in [tail, head + capacity) is zero: the owner zeroes before it advances head.
//   RING-3  a record never wraps; what is left at the end is one padding record.
//   RING-4  a length > 0 below the tail means that the record's bytes are complete.
#pragma once

#include <cstddef>

#include "memory/atomics.hpp"
#include "memory/layout.hpp"

namespace talaria::core {

/** Bytes a record of `length` bytes takes. */
constexpr std::int32_t aligned(std::int32_t length) {
  return (length + (layout::ring::alignment - 1)) & -layout::ring::alignment;
}

class Ring {
 public:
  /** Results of claim() below zero; after kFullPadded the tail moved, so the caller owes the look of R5. */
  static constexpr std::int32_t kFull = -1;
  static constexpr std::int32_t kFullPadded = -2;

  Ring() = default;
  Ring(Bytes* base, std::int32_t capacity) : base_(base), trailer_(base + capacity), capacity_(capacity) {}

  [[nodiscard]] std::int32_t capacity() const { return capacity_; }
  [[nodiscard]] Bytes* at(std::int64_t position) const { return base_ + index(position); }
  [[nodiscard]] std::int32_t index(std::int64_t position) const {
    return static_cast<std::int32_t>(position) & (capacity_ - 1);
  }

  // ---- senders
  // -------------------------------------------------------------------------------------------------------------

  /** Claims a contiguous range of `bytes` (a multiple of 8, at most the capacity). Returns its index, kFull
   * or kFullPadded. */
  [[nodiscard]] std::int32_t claim(std::int32_t bytes) const {
    const std::atomic_ref<std::int64_t> tailWord = word<std::int64_t>(trailer_ + layout::ring::tail);
    const std::atomic_ref<std::int64_t> cacheWord = word<std::int64_t>(trailer_ + layout::ring::headCache);
    // Acquire: pairs with the release below of whoever refreshed the cache, and so with the owner's release
    // of head: the zeroes of RING-2 are visible before we write. A stale value is only pessimistic.
    std::int64_t head = cacheWord.load(std::memory_order_acquire);
    std::int64_t tail = tailWord.load(std::memory_order_seq_cst);
    for (;;) {
      if (bytes > capacity_ - static_cast<std::int32_t>(tail - head)) {
        head = refreshHead();
        if (bytes > capacity_ - static_cast<std::int32_t>(tail - head)) {
          return kFull;
        }
      }
      const std::int32_t start = index(tail);
      const std::int32_t toEnd = capacity_ - start;
      std::int64_t next = tail + bytes;
      bool fits = true;
      if (bytes > toEnd) {
        if (bytes > index(head)) {
          head = refreshHead();
        }
        fits = bytes <= index(head);
        next = fits ? next + toEnd : tail + toEnd;  // as Agrona: the end is padded even where the claim fails
      }
      // seq_cst: the claims of one ring, the second reads of home words and a mover's read of the tail have
      // one order (R15, R19).
      if (tailWord.compare_exchange_weak(tail, next, std::memory_order_seq_cst)) {
        if (bytes <= toEnd) {
          return start;
        }
        pad(start, toEnd);
        return fits ? 0 : kFullPadded;
      }
    }
  }

  /**
   * Publishes a record or the first record of a range. seq_cst, where Agrona has release: the store is the
   * fence of R3 as well, before the look at the state word (ThreadSanitizer knows no fences). RING-4: pairs
   * with the drainer's read of the length.
   */
  void commit(std::int32_t index, std::int32_t length) const {
    word<std::int32_t>(base_ + index).store(length, std::memory_order_seq_cst);
  }

  /** Gives a claimed range up: it becomes padding. The caller owes the look (R5). */
  void abort(std::int32_t index, std::int32_t bytes) const { pad(index, bytes); }

  /** Copies whole records that lie one behind the other into a claimed range and publishes them at once (P2).
   */
  void commitRange(std::int32_t index, const Bytes* records, std::int32_t bytes) const {
    // All but the first length: nobody looks behind a first length of zero (RING-4), so plain stores do.
    std::memcpy(base_ + index + layout::record::type, records + layout::record::type,
                static_cast<std::size_t>(bytes) - layout::record::type);
    commit(index, get<std::int32_t>(records));
  }

  // ---- drain side
  // ----------------------------------------------------------------------------------------------------------

  /** seq_cst: read after the take or after a home word was written, it covers every claim made before (R2,
   * R19). */
  [[nodiscard]] std::int64_t tail() const {
    return word<std::int64_t>(trailer_ + layout::ring::tail).load(std::memory_order_seq_cst);
  }

  /** Relaxed: the owner reads what owners wrote; the state word orders owners. */
  [[nodiscard]] std::int64_t head() const {
    return word<std::int64_t>(trailer_ + layout::ring::head).load(std::memory_order_relaxed);
  }

  /** Length of the record at an index: 0 not yet written, negative claimed. seq_cst: not before the take of
   * R2; pairs with commit. */
  [[nodiscard]] [[gnu::always_inline]] std::int32_t lengthAt(std::int32_t index) const {
    return word<std::int32_t>(base_ + index).load(std::memory_order_seq_cst);
  }

  [[nodiscard]] [[gnu::always_inline]] std::int32_t typeAt(std::int32_t index) const {
    return get<std::int32_t>(base_ + index + layout::record::type);
  }

  /**
   * Fetches what is to be drained soon, for writing: it will be zeroed, and the line then changes hands once
   * instead of twice. Only where the senders are far ahead, lest it take a line they are writing (P3).
   */
  [[gnu::always_inline]] void prefetch(std::int64_t position) const {
    constexpr std::int32_t kAheadBytes = 512;
    fetchForWriting(at(position + kAheadBytes));
  }

  [[nodiscard]] Bytes* base() const { return base_; }

  /** Zeroes [head, to) and gives it back to the senders (RING-2). */
  void reclaim(std::int64_t to) const {
    const std::int64_t from = head();
    const auto bytes = static_cast<std::size_t>(to - from);
    if (bytes == 0) {
      return;
    }
    const auto toEnd = static_cast<std::size_t>(capacity_ - index(from));
    if (bytes <= toEnd) {
      std::memset(at(from), 0, bytes);
    } else {
      std::memset(at(from), 0, toEnd);
      std::memset(base_, 0, bytes - toEnd);
    }
    // Release: the zeroes come first. Pairs with refreshHead of a sender.
    word<std::int64_t>(trailer_ + layout::ring::head).store(to, std::memory_order_release);
  }

 private:
  std::int64_t refreshHead() const {
    // Acquire: pairs with reclaim. The release hands the same on through the cache.
    const std::int64_t head =
        word<std::int64_t>(trailer_ + layout::ring::head).load(std::memory_order_acquire);
    word<std::int64_t>(trailer_ + layout::ring::headCache).store(head, std::memory_order_release);
    return head;
  }

  void pad(std::int32_t index, std::int32_t bytes) const {
    put<std::int32_t>(base_ + index + layout::record::type, layout::ring::padding);
    commit(index, bytes);
  }

  Bytes* base_ = nullptr;
  Bytes* trailer_ = nullptr;
  std::int32_t capacity_ = 0;
};

}  // namespace talaria::core
