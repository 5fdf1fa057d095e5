#include "dispatch/joins.hpp"

#include <utility>

namespace talaria::core {

void JoinTally::takeOff() {
  const std::int64_t records = std::exchange(records_, 0);
  const std::int64_t dead = std::exchange(dead_, 0);
  const std::uint64_t number = join_ >> 32;
  if (number >= static_cast<std::uint64_t>(region_.joinSlots())) {
    return;  // no record of this engine's forks
  }
  const Block slot = region_.join(static_cast<std::int32_t>(number));
  // Relaxed: written before the first record of this generation was claimed.
  if (static_cast<std::uint32_t>(slot.at<std::int64_t>(layout::join::word).load(std::memory_order_relaxed)) !=
      static_cast<std::uint32_t>(join_)) {
    return;
  }
  if (dead != 0) {
    // Relaxed: published by the next.
    slot.at<std::int64_t>(layout::join::dead).fetch_add(dead, std::memory_order_relaxed);
  }
  // seq_cst: what the handlers did is visible to who sees the last taken off; and in front of the look at
  // notify.
  if (slot.at<std::int64_t>(layout::join::remaining).fetch_sub(records, std::memory_order_seq_cst) ==
          records &&
      slot.at<std::int32_t>(layout::join::notify).load(std::memory_order_seq_cst) !=
          layout::joinNotify::nobody) {
    completions_.joined(join_);
  }
}

}  // namespace talaria::core
