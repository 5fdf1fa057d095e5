// A worker's turn log (docs/layout.md): who drained which positions, and what only the drainer knows. Written
// when journaled. One producer: the thread that runs the worker. A full log makes it wait; the journaler
// never needs a shard, so that ends.
#pragma once

#include <cstdint>

#include "memory/region.hpp"

namespace talaria::core {

class TurnLog {
 public:
  TurnLog(const Region& region, std::int32_t worker)
      : region_(region), ring_(region.turnLog(worker)), worker_(worker) {}

  void turn(std::int32_t shard, std::int64_t turn, std::int64_t from, std::int64_t to,
            std::int64_t timeNs) const;
  void outcome(std::int32_t shard, std::int32_t outcome, std::int64_t turn, std::int64_t causePosition,
               Address target, std::int32_t schemaId, std::int32_t ordinal) const;
  void reply(std::uint64_t correlation, std::int32_t senderId, std::int32_t sequence, std::uint64_t cause,
             std::int32_t schemaId, const void* payload, std::int32_t length) const;
  void dead(std::int32_t shard, std::int32_t reason, std::int64_t turn, std::int64_t position) const;
  void moved(std::int32_t endpoint, std::uint16_t generation, std::int32_t from, std::int64_t fromTurn,
             std::int32_t to, std::int64_t toTurn) const;

 private:
  /** Claims room for an entry, waiting if it must; nullptr if nobody journals any more. */
  [[nodiscard]] Bytes* begin(std::int32_t payloadLength) const;
  void end(Bytes* payload, std::int32_t type, std::int32_t payloadLength) const;

  const Region& region_;
  Ring ring_;
  std::int32_t worker_;
};

}  // namespace talaria::core
