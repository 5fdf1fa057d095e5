// The heavy side of an asymmetric fence: the drainer pays, once a stay, for the fence that senders leave out
// (BOARD-4). The idea: Dice, Huang, Yang, "Asymmetric Dekker Synchronization", 2001; the call: membarrier(2).
#pragma once

namespace talaria::core {

/** Whether this process may use membarrier(); registers it at the first call. Any thread. */
[[nodiscard]] bool membarrierUsable();

/**
 * Every running thread of the process passes a full fence before this returns. Some microseconds. False: the
 * kernel said no (memory, or a sandbox since the registration), and nothing is known of other threads'
 * stores.
 */
[[nodiscard]] bool membarrier();

}  // namespace talaria::core
