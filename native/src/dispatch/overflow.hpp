// The overflow of one lane (R16, R17): what handlers sent while its ring was full, in order.
//
// Appended by any drainer, flushed by the shard's owner, both under the lock; no handler runs under it, and
// only memory is copied.
//
// Invariants:
//   OVER-1  the flag is set while anything waits here, and cleared last: who reads it clear and then claims
//   comes behind all of it. OVER-2  a record waits in the overflow of a lane of the shard where its target
//   lives at the append (the home word is read under the lock).
#pragma once

#include <memory>
#include <vector>

#include "dispatch/board.hpp"
#include "dispatch/buffer.hpp"
#include "memory/record.hpp"
#include "memory/region.hpp"

namespace talaria::core {

class Overflow {
 public:
  Overflow() = default;
  Overflow(const Overflow&) = delete;
  Overflow& operator=(const Overflow&) = delete;
  ~Overflow();

  /**
   * Appends whole records up to the first whose target has moved; that one and all behind it go to `moved`
   * instead: behind it the same endpoint may be back, and would be overtaken (MOVE-2). The hard limit (R17)
   * does not count here: these sends were accepted when they were gathered. Throws std::bad_alloc, and
   * nothing was appended. The caller owes the look (R5).
   */
  void append(const Region& region, std::int32_t lane, const Bytes* records, std::int64_t bytes,
              Buffer& moved);

  /** R19: records that wait. Behind a home word that was written before: none that was appended for the old
   * home is missing. */
  [[nodiscard]] static std::int64_t waiting(const Region& region, std::int32_t lane);

  /** The owner alone: moves what fits into the lane's own ring. Returns the number of records moved. */
  std::int32_t flush(const Region& region, std::int32_t lane, const Ring& ring);

 private:
  struct Chunk;
  class Guard;

  void ensureRoom(std::int64_t bytes);
  void release();

  Chunk* first_ = nullptr;
  Chunk* last_ = nullptr;
  Chunk* spare_ = nullptr;
};

/** The lane for the record's target, of the priority of `lane`, where that lives now; `lane` itself if its
 * row says nothing useful (the drainer there finds it dead). */
std::int32_t homeLane(const Region& region, const Bytes* record, std::int32_t lane);

/**
 * Delivers one record to where its target lives at the moment, into the ring or the overflow, as often as it
 * moves meanwhile (MOVE-3). `lane`: any of its priority. Throws std::bad_alloc, and it is nowhere.
 */
void sendAlone(const Region& region, const Board& board, std::vector<Overflow>& overflows,
               const Bytes* record, std::int32_t lane);

}  // namespace talaria::core
