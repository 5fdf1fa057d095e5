#include "dispatch/membarrier.hpp"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace talaria::core {

bool membarrierUsable() {
  // A kernel before 4.14, or a sandbox that forbids the call, says no: then every sender fences.
  static const bool usable = syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
  return usable;
}

bool membarrier() { return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) == 0; }

}  // namespace talaria::core
