// Waiting on an int32 of shared memory, and the clocks.
#pragma once

#include <cstdint>

namespace talaria::core {

/** Waits while *address == expected, at most timeoutNs (negative: for ever). May return for no reason. */
void futexWait(std::int32_t* address, std::int32_t expected, std::int64_t timeoutNs);

/** Wakes up to `count` waiters. */
void futexWake(std::int32_t* address, std::int32_t count);

/** The clock of Java's System.nanoTime. */
std::int64_t monotonicNs();

}  // namespace talaria::core
