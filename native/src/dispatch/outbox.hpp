// What the C++ handlers of one worker sent within a turn, gathered per target lane (P2). The worker's thread
// alone.
//
// The outcome of a send was decided when it was gathered; flush() delivers every record: into the lane's
// ring as one range, or into its overflow. Order per sender and target holds: records of one lane leave in
// the order gathered, and a record that meets a set overflow flag goes behind those that wait there (R16).
#pragma once

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

  /** Room for one record of `length` bytes to a lane; the caller fills it at once. */
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
  void gatherMoved(std::int32_t lane);

  const Region& region_;
  const Board& board_;
  std::vector<Overflow>& overflows_;
  const Lost lost_;
  std::vector<Ring> rings_;
  std::vector<Buffer> lanes_;
  std::vector<std::int32_t> dirty_;
  Buffer sending_;
  Buffer moved_;
  bool full_ = false;
};

}  // namespace talaria::core
