// What the C++ handlers of one worker sent within a turn, gathered per target lane (P2). The worker's thread
// alone.
//
// The outcome of a send was decided when it was gathered; flush() delivers every record: into the lane's
// ring as one range, or into its overflow. Order per sender and target holds: records of one lane leave in
// the order gathered, and a record that meets a set overflow flag goes behind those that wait there (R16).
//
// Where endpoints move meanwhile (R19, native/model/move.pml):
//   OUT-1  what is gathered for lanes was gathered while the move word (MOVE-1) stood still and quiet: all
//          records of one sender and target are for one lane. Once the word is another one, what is sent is
//          late: gathered in one list a priority until the next flush.
//   OUT-2  what a flush finds moved is sent, one record after the other, before anything else is; what is
//          late when all else is sent.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "dispatch/board.hpp"
#include "dispatch/buffer.hpp"
#include "dispatch/overflow.hpp"

namespace talaria::core {

class Outbox {
 public:
  /** What becomes of an accepted record for which there is no memory: it must be counted and told of. */
  using Lost = std::function<void(RecordView record)>;

  Outbox(const Region& region, const Board& board, std::vector<Overflow>& overflows, Lost lost);

  /** Makes sure that gather() of `length` bytes cannot throw. Throws std::bad_alloc. */
  void makeRoom(std::int32_t lane, std::int32_t length) {
    lanes_[static_cast<std::size_t>(lane)].reserve(aligned(length));
  }

  /** Before the home word of what is to be gathered next is read (OUT-1). */
  void expect() {
    if (dirty_.empty()) {
      known_ = region_.moves();
    }
  }

  /** Behind that read: where a record for a lane is gathered, the lane or a list of what is late. */
  [[nodiscard]] std::int32_t placeOf(std::int32_t lane) {
    // Nothing in progress then, and nothing begun since.
    const bool still =
        dirty_.empty() || (static_cast<std::int32_t>(known_) == 0 && region_.moves() == known_);
    return still ? lane : late(lane);
  }

  /** Room for one record of `length` bytes to a place; the caller fills it at once. */
  Bytes* gather(std::int32_t lane, std::int32_t length);

  /** Bytes gathered for a lane so far. */
  [[nodiscard]] std::int64_t gathered(std::int32_t lane) const {
    return lanes_[static_cast<std::size_t>(lane)].size();
  }

  /** True if a lane has reached one range: flush before the turn ends. */
  [[nodiscard]] bool full() const { return full_; }
  [[nodiscard]] bool empty() const { return dirty_.empty(); }

  /**
   * Delivers everything, or hands it to `lost`: never throws. Returns true if a target's overflow is over the
   * soft limit: the sending shard is to be delayed (R17).
   */
  bool flush();

 private:
  bool deliver(std::int32_t lane, Bytes* records, std::int64_t bytes);
  [[nodiscard]] bool intoRing(std::int32_t lane, const Bytes* records, std::int32_t bytes);
  [[nodiscard]] bool allAt(std::int32_t lane, const Bytes* records, std::int32_t bytes) const;
  bool intoOverflow(std::int32_t lane, Bytes* records, std::int64_t bytes);
  void sendMoved(std::int32_t lane);
  void sendEach(const Buffer& records, std::int32_t lane);
  [[nodiscard]] std::int32_t late(std::int32_t lane);

  const Region& region_;
  const Board& board_;
  std::vector<Overflow>& overflows_;
  const Lost lost_;
  std::vector<Ring> rings_;
  std::vector<Buffer> lanes_;  // and the lists of what is late, by priority
  std::vector<std::int32_t> dirty_;
  Buffer sending_;
  Buffer moved_;
  std::int64_t known_ = 0;                                        // the move word
  std::array<std::int32_t, layout::priority::count> lateLane_{};  // any of the priority
  bool full_ = false;
};

}  // namespace talaria::core
