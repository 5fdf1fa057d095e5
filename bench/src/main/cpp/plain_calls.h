/* Plain calls between Java and C++: what Talaria is held against. Word k of message n is n + k. */
#ifndef TALARIA_BENCH_PLAIN_CALLS_H
#define TALARIA_BENCH_PLAIN_CALLS_H

#include <stdint.h>

/** Takes one message: other than zero if a word is wrong. */
static inline long long talaria_bench_call(long long address, int length, long long n) {
  const volatile long long* words = (const volatile long long*)(uintptr_t)address;
  long long wrong = 0;
  for (int k = 0; k < length / 8; k++) {
    wrong |= words[k] ^ (n + k);
  }
  return wrong;
}

/** Sends messages, one callback each. */
static inline void talaria_bench_callbacks(long long first, long long count, int length,
                                           void (*receiver)(long long, int)) {
  long long words[8];
  for (long long n = first; n < first + count; n++) {
    for (int k = 0; k < length / 8; k++) {
      words[k] = n + k;
    }
    receiver((long long)(uintptr_t)words, length);
  }
}

#endif
