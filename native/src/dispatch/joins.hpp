// Joins of forks: a drainer takes the records that it has done with off what is left of their join. The
// slot's protocol is told in JoinDescriptor.java.
#pragma once

#include "dispatch/completions.hpp"

namespace talaria::core {

/**
 * What one drainer has done of the join at hand and not yet taken off: records of one fork mostly come one
 * after another. A record counts once, by who drained it. One thread at a time.
 */
class JoinTally {
 public:
  explicit JoinTally(const Region& region) : region_(region), completions_(region) {}

  /** A record of a join was handled, or is dead. */
  void add(std::uint64_t join, bool handled) {
    if (join != join_) {
      flush();
      join_ = join;
    }
    records_++;
    dead_ += handled ? 0 : 1;
  }

  /** Takes off what was added; who takes off the last ends the join. */
  void flush() {
    if (records_ != 0) {
      takeOff();
    }
  }

 private:
  void takeOff();

  const Region& region_;
  const Completions completions_;
  std::uint64_t join_ = 0;
  std::int64_t records_ = 0;
  std::int64_t dead_ = 0;
};

}  // namespace talaria::core
