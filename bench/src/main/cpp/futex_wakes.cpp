#include "futex_wakes.h"

#if defined(__linux__)

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <ctime>
#include <functional>
#include <thread>

namespace {

constexpr std::int32_t kEnd = -1;

std::int64_t nowNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
}

/** Each word in lines of its own. */
struct Words {
  alignas(256) std::atomic<std::int32_t> futex{0};
  alignas(256) std::atomic<std::int32_t> waiting{0};
  alignas(256) std::atomic<std::int64_t> stamp{0};
  std::atomic<std::int32_t> woken{0};
};

void sleeper(Words& words) {
  for (std::int32_t round = 1;; round++) {
    words.waiting.store(round, std::memory_order_release);
    std::int32_t seen;
    while ((seen = words.futex.load(std::memory_order_seq_cst)) == round - 1) {
      syscall(SYS_futex, reinterpret_cast<std::int32_t*>(&words.futex), FUTEX_WAIT_PRIVATE, round - 1,
              nullptr, nullptr, 0);
    }
    if (seen == kEnd) {
      return;
    }
    words.stamp.store(nowNs(), std::memory_order_relaxed);
    words.woken.store(round, std::memory_order_release);
  }
}

/** Whether somebody slept there. */
bool wake(Words& words, std::int32_t value) {
  words.futex.store(value, std::memory_order_seq_cst);
  return syscall(SYS_futex, reinterpret_cast<std::int32_t*>(&words.futex), FUTEX_WAKE_PRIVATE, 1, nullptr,
                 nullptr, 0) == 1;
}

}  // namespace

long long talaria_bench_futex_wakes(int count, long long gap_ns, long long times) {
  auto* const out = reinterpret_cast<std::int64_t*>(static_cast<std::uintptr_t>(times));
  Words words;
  std::thread other(sleeper, std::ref(words));
  long long discarded = 0;
  int kept = 0;
  for (std::int32_t round = 1; kept < count && discarded <= count; round++) {
    while (words.waiting.load(std::memory_order_acquire) != round) {
      relax();
    }
    for (const std::int64_t until = nowNs() + gap_ns; nowNs() < until;) {
      relax();
    }
    const std::int64_t before = nowNs();
    const bool slept = wake(words, round);
    while (words.woken.load(std::memory_order_acquire) != round) {
      relax();
    }
    if (slept) {
      out[kept++] = words.stamp.load(std::memory_order_relaxed) - before;
    } else {
      discarded++;
    }
  }
  wake(words, kEnd);
  other.join();
  return kept == count ? discarded : -2;
}

#else

long long talaria_bench_futex_wakes(int, long long, long long) { return -1; }

#endif
