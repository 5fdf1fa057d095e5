#include "dispatch/turn_log.hpp"

#include <sched.h>

namespace talaria::core {

void TurnLog::turn(std::int32_t shard, std::int64_t turn, std::int64_t from, std::int64_t to,
                   std::int64_t timeNs) const {
  namespace at = layout::turnEntry;
  if (Bytes* entry = begin(at::lengthBytes)) {
    put(entry + at::shard, shard);
    put(entry + at::worker, worker_);
    put(entry + at::turn, turn);
    put(entry + at::from, from);
    put(entry + at::to, to);
    put(entry + at::timeNs, timeNs);
    end(entry, layout::turnLog::turn, at::lengthBytes);
  }
}

void TurnLog::outcome(std::int32_t shard, std::int32_t outcome, std::int64_t turn, std::int64_t causePosition,
                      Address target, std::int32_t schemaId, std::int32_t ordinal) const {
  namespace at = layout::outcomeEntry;
  if (Bytes* entry = begin(at::lengthBytes)) {
    put(entry + at::shard, shard);
    put(entry + at::outcome, outcome);
    put(entry + at::turn, turn);
    put(entry + at::causePosition, causePosition);
    put(entry + at::targetIndex, target.index);
    put(entry + at::targetGeneration, static_cast<std::int32_t>(target.generation));
    put(entry + at::schemaId, schemaId);
    put(entry + at::ordinal, ordinal);
    end(entry, layout::turnLog::outcome, at::lengthBytes);
  }
}

void TurnLog::reply(std::uint64_t correlation, std::int32_t senderId, std::int32_t sequence,
                    std::uint64_t cause, std::int32_t schemaId, const void* payload,
                    std::int32_t length) const {
  namespace at = layout::replyEntry;
  // A reply that no log of this size could ever take is logged without its bytes; its length still says how
  // many they were.
  const bool whole = length <= ring_.capacity() / 2;
  const std::int32_t entryLength = at::reply + (whole ? length : 0);
  if (Bytes* entry = begin(entryLength)) {
    put(entry + at::correlation, correlation);
    put(entry + at::senderId, senderId);
    put(entry + at::sequence, sequence);
    put(entry + at::cause, cause);
    put(entry + at::schemaId, schemaId);
    put(entry + at::replyLength, length);
    if (whole && length > 0) {
      std::memcpy(entry + at::reply, payload, static_cast<std::size_t>(length));
    }
    end(entry, layout::turnLog::reply, entryLength);
  }
}

void TurnLog::dead(std::int32_t shard, std::int32_t reason, std::int64_t turn, std::int64_t position) const {
  namespace at = layout::deadEntry;
  if (Bytes* entry = begin(at::lengthBytes)) {
    put(entry + at::shard, shard);
    put(entry + at::reason, reason);
    put(entry + at::turn, turn);
    put(entry + at::position, position);
    end(entry, layout::turnLog::dead, at::lengthBytes);
  }
}

void TurnLog::moved(std::int32_t endpoint, std::uint16_t generation, std::int32_t from, std::int64_t fromTurn,
                    std::int32_t to, std::int64_t toTurn) const {
  namespace at = layout::movedEntry;
  if (Bytes* entry = begin(at::lengthBytes)) {
    put(entry + at::endpoint, endpoint);
    put(entry + at::generation, static_cast<std::int32_t>(generation));
    put(entry + at::from, from);
    put(entry + at::to, to);
    put(entry + at::fromTurn, fromTurn);
    put(entry + at::toTurn, toTurn);
    end(entry, layout::turnLog::moved, at::lengthBytes);
  }
}

Bytes* TurnLog::begin(std::int32_t payloadLength) const {
  const std::int32_t bytes = aligned(layout::record::headerLength + payloadLength);
  for (int i = 0;; i++) {
    const std::int32_t index = ring_.claim(bytes);
    if (index >= 0) {
      return ring_.base() + index + layout::record::headerLength;
    }
    // The journaler reads by polling. If it has given up (R23) or the engine is closed, nobody will ever make
    // room.
    if (!region_.journaled() || region_.engineState() >= layout::engineState::closed) {
      return nullptr;
    }
    if (i < 100) {
      pause();
    } else {
      sched_yield();
    }
  }
}

void TurnLog::end(Bytes* payload, std::int32_t type, std::int32_t payloadLength) const {
  Bytes* record = payload - layout::record::headerLength;
  put(record + layout::record::type, type);
  ring_.commit(static_cast<std::int32_t>(record - ring_.base()),
               layout::record::headerLength + payloadLength);
}

}  // namespace talaria::core
