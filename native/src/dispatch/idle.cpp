#include "dispatch/idle.hpp"

#include <algorithm>
#include <limits>

#include "dispatch/futex.hpp"

namespace talaria::core {

namespace {

/** Of a new measurement an eighth counts. */
constexpr std::int64_t kWeight = 8;

/** Some looks, before the clock is asked: work that comes at once costs nothing more. */
constexpr std::int32_t kFreeLooks = 16;

std::int64_t averaged(std::int64_t average, std::int64_t measured) {
  return average + (measured - average) / kWeight;
}

}  // namespace

void Idle::reset() {
  if (idleSinceNs_ != 0) {
    waitNs_ = averaged(waitNs_, monotonicNs() - idleSinceNs_);
    idleSinceNs_ = 0;
  }
  empties_ = 0;
}

Idle::Step Idle::next() {
  if (empties_ < std::numeric_limits<std::int32_t>::max()) {
    empties_++;
  }
  if (region_.adaptive()) {
    return sleeps() ? Step::park : Step::look;
  }
  // Subtracted, lest the sum is no int.
  if (empties_ <= region_.spins()) {
    return Step::look;
  }
  return empties_ - region_.spins() <= region_.yields() ? Step::yield : Step::park;
}

bool Idle::sleeps() {
  if (empties_ <= kFreeLooks) {
    return false;
  }
  const std::int64_t now = monotonicNs();
  if (idleSinceNs_ == 0) {
    idleSinceNs_ = now;
  }
  const std::int64_t worth = 2 * wakeCostNs_;
  return waitNs_ > worth || now - idleSinceNs_ > worth;
}

void Idle::lookOnce() {
  // Two empty looks are behind it for who asks how long there was nothing (stealing). Subtracted, as above.
  empties_ = 2;
  if (!region_.adaptive() && region_.spins() < std::numeric_limits<std::int32_t>::max() - region_.yields()) {
    empties_ = std::max(empties_, region_.spins() + region_.yields());
  } else if (region_.adaptive()) {
    empties_ = std::max(empties_, kFreeLooks);
  }
}

std::int64_t Idle::woken(std::int64_t atNs) {
  empties_ = 2;
  const std::int64_t cost = monotonicNs() - atNs;
  if (atNs != 0 && cost > 0) {
    wakeCostNs_ = averaged(wakeCostNs_, cost);
  }
  return wakeCostNs_;
}

}  // namespace talaria::core
