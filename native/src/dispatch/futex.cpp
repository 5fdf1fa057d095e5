#include "dispatch/futex.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>

namespace talaria::core {

namespace {
constexpr std::int64_t kSecond = 1'000'000'000;
}

void futexWait(std::int32_t* address, std::int32_t expected, std::int64_t timeoutNs) {
  timespec timeout{};
  timeout.tv_sec = static_cast<time_t>(timeoutNs / kSecond);
  timeout.tv_nsec = static_cast<long>(timeoutNs % kSecond);
  // Private: every waiter and waker lives in this process and uses this mapping.
  syscall(SYS_futex, address, FUTEX_WAIT_PRIVATE, expected, timeoutNs < 0 ? nullptr : &timeout, nullptr, 0);
}

void futexWake(std::int32_t* address, std::int32_t count) {
  syscall(SYS_futex, address, FUTEX_WAKE_PRIVATE, count < 0 ? INT_MAX : count, nullptr, nullptr, 0);
}

std::int64_t monotonicNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * kSecond + now.tv_nsec;
}

}  // namespace talaria::core
