// Completing the waiters of `call` and `ask` (R25). Any thread; lock-free but for the wake-up.
#pragma once

#include <string_view>

#include "dispatch/completions.hpp"
#include "memory/region.hpp"

namespace talaria::core {

class Waiters {
 public:
  explicit Waiters(const Region& region) : region_(region), completions_(region) {}

  /** Stores a reply and tells who waits. False: the waiter was gone (answered, failed, timed out). */
  [[nodiscard]] bool reply(std::uint64_t correlation, std::int32_t schemaId, const void* payload,
                           std::int32_t length) const;

  /** Fails the waiter with a reason code and what more there is to say, in UTF-8, as much as fits. False: the
   * waiter was gone. */
  bool fail(std::uint64_t correlation, std::int32_t reason, std::string_view text) const;

 private:
  /** The slot of a correlation in state WRITING, ours alone; its base is nullptr if somebody else decided. */
  [[nodiscard]] Block begin(std::uint64_t correlation) const;
  void end(Block slot, std::uint64_t correlation, int state) const;

  const Region& region_;
  Completions completions_;
};

}  // namespace talaria::core
