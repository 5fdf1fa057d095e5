// What a worker does that found nothing to do: looks again, yields, parks. One thread.
//
// Adaptive: to look on is worth while as long as work mostly comes sooner than a wake-up costs. Both are
// measured: the cost by the waker's time stamp, the waits from when there was nothing to when there was
// something, asleep or not. Looking on for twice the cost of a wake-up then loses at most that much, and
// where waits are long the worker sleeps at once.
#pragma once

#include "memory/region.hpp"

namespace talaria::core {

class Idle {
 public:
  enum class Step : std::uint8_t { look, yield, park };

  explicit Idle(const Region& region) : region_(region) {}

  /** There was work. */
  void reset();

  /** There was none: what to do before the next look. */
  [[nodiscard]] Step next();

  /** The next look finds what there is; then it sleeps again at once, unless there is something. */
  void lookOnce();

  /** Woken, at a time that the waker wrote down. Returns what it cost. */
  std::int64_t woken(std::int64_t atNs);

  /** Looks in a row that found nothing. */
  [[nodiscard]] std::int32_t empties() const { return empties_; }

 private:
  [[nodiscard]] bool sleeps();

  const Region& region_;
  std::int32_t empties_ = 0;
  // Adaptive.
  std::int64_t idleSinceNs_ = 0;
  std::int64_t wakeCostNs_ = 50'000;  // until one is measured
  std::int64_t waitNs_ = 0;
};

}  // namespace talaria::core
