// What native code has to tell the completer, a Java thread: it never calls Java to wake somebody (R9). Any
// thread.
#pragma once

#include "memory/region.hpp"

namespace talaria::core {

class Completions {
 public:
  explicit Completions(const Region& region) : region_(region), ring_(region.completions()) {}

  /** A waiter that is parked, or is a stage, has its reply. */
  void done(std::uint64_t correlation) const { post(layout::completion::recordType, correlation); }

  /** A receiver's shard is READY. */
  void ready(std::int32_t shard) const {
    post(layout::completion::readyType, static_cast<std::uint64_t>(shard));
  }

  /** The last record of a join that somebody waits for is done. */
  void joined(std::uint64_t join) const { post(layout::completion::joinedType, join); }

 private:
  void post(std::int32_t type, std::uint64_t payload) const;

  const Region& region_;
  Ring ring_;
};

}  // namespace talaria::core
