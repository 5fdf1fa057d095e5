// Atomic access to words of shared memory, by address. ThreadSanitizer sees std::atomic_ref; it does not see
// bare volatile or assembly.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace talaria::core {

using Bytes = unsigned char;

/** The atomic word at `address`; every access names its memory order and what it pairs with. */
template <typename T>
[[gnu::always_inline]] inline std::atomic_ref<T> word(void* address) {
  static_assert(std::atomic_ref<T>::is_always_lock_free);
  return std::atomic_ref<T>(*static_cast<T*>(address));
}

/** Plain reads and writes: of words with one writer, or of bytes that another word publishes. */
template <typename T>
[[gnu::always_inline]] inline T get(const void* address) {
  T value;
  std::memcpy(&value, address, sizeof(T));
  return value;
}

template <typename T>
[[gnu::always_inline]] inline void put(void* address, T value) {
  std::memcpy(address, &value, sizeof(T));
}

/** Adds to a counter that this thread alone writes. Release: a reader that sees the sum sees what was
 * counted. */
template <typename T>
[[gnu::always_inline]] inline void add(void* address, T value) {
  const std::atomic_ref<T> counter = word<T>(address);
  counter.store(counter.load(std::memory_order_relaxed) + value, std::memory_order_release);
}

/** Tells the core that this is a waiting loop. */
inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

/** Fetches a line that will be written soon. The address need not be valid. */
[[gnu::always_inline]] inline void fetchForWriting(const Bytes* line) {
#if defined(__x86_64__)
  __asm__ volatile("prefetchw (%0)" : : "r"(line));
#else
  __builtin_prefetch(line, 1);
#endif
}

}  // namespace talaria::core
