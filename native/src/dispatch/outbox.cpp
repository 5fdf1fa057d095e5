#include "dispatch/outbox.hpp"

namespace talaria::core {

Outbox::Outbox(const Region& region, const Board& board, std::vector<Overflow>& overflows, Lost lost)
    : region_(region),
      board_(board),
      overflows_(overflows),
      lost_(std::move(lost)),
      lanes_(static_cast<std::size_t>(region.laneCount() + layout::priority::count)) {
  rings_.reserve(lanes_.size());
  for (std::int32_t lane = 0; lane < region.laneCount(); lane++) {
    rings_.push_back(region.ring(lane));
  }
  // What is late is as much at a time as for a lane.
  rings_.resize(lanes_.size(), region.ring(0));
  dirty_.reserve(lanes_.size());
}

Bytes* Outbox::gather(std::int32_t lane, std::int32_t length) {
  Buffer& buffer = lanes_[static_cast<std::size_t>(lane)];
  const bool first = buffer.empty();
  const std::int32_t size = aligned(length);
  Bytes* record = buffer.extend(size);
  if (first) {
    dirty_.push_back(lane);  // reserved for every lane: cannot throw
  }
  full_ |= buffer.size() >= rings_[static_cast<std::size_t>(lane)].capacity() / 8;
  put<std::int64_t>(record + size - 8, 0);  // what lies behind the payload up to the alignment
  put<std::int32_t>(record + layout::record::length, length);
  return record;
}

bool Outbox::flush() {
  bool overSoft = false;
  full_ = false;
  // In the order of first gathering: what is late comes behind all lanes (OUT-2).
  for (const std::int32_t place : dirty_) {
    Buffer& buffer = lanes_[static_cast<std::size_t>(place)];
    if (place < region_.laneCount()) {
      overSoft |= deliver(place, buffer.data(), buffer.size());
      sendMoved(place);
    } else {
      sendEach(buffer, lateLane_[static_cast<std::size_t>(place - region_.laneCount())]);
    }
    buffer.clear();
  }
  dirty_.clear();
  return overSoft;
}

/** The list of what is late, for a lane of its priority. */
std::int32_t Outbox::late(std::int32_t lane) {
  const std::int32_t priority = region_.lane(lane).read<std::int32_t>(layout::shard::priority);
  lateLane_[static_cast<std::size_t>(priority)] = lane;
  return region_.laneCount() + priority;
}

bool Outbox::deliver(std::int32_t lane, Bytes* records, std::int64_t bytes) {
  const std::int32_t most = rings_[static_cast<std::size_t>(lane)].capacity() / 8;
  std::int64_t offset = 0;
  while (offset < bytes) {
    // Most often all of it is one range: then no record needs to be looked at.
    std::int32_t range = bytes - offset <= most ? static_cast<std::int32_t>(bytes - offset)
                                                : aligned(get<std::int32_t>(records + offset));
    while (offset + range < bytes) {
      const std::int32_t next = aligned(get<std::int32_t>(records + offset + range));
      if (range + next > most) {
        break;
      }
      range += next;
    }
    if (!intoRing(lane, records + offset, range)) {
      return intoOverflow(lane, records + offset, bytes - offset);
    }
    offset += range;
  }
  return false;
}

bool Outbox::intoRing(std::int32_t lane, const Bytes* records, std::int32_t bytes) {
  // seq_cst (OVER-1): clear means that whatever this sender spilled before has been claimed in the ring by
  // now.
  if (region_.lane(lane).at<std::int32_t>(layout::shard::overflowFlag).load(std::memory_order_seq_cst) != 0) {
    return false;
  }
  const Ring& ring = rings_[static_cast<std::size_t>(lane)];
  const std::int32_t index = ring.claim(bytes);
  if (index == Ring::kFull) {
    return false;
  }
  if (index == Ring::kFullPadded) {
    board_.look(region_.shardOf(lane));  // R5
    return false;
  }
  if (!allAt(lane, records, bytes)) {
    ring.abort(index, bytes);            // R15: the second read. The overflow path sorts out who moved.
    board_.look(region_.shardOf(lane));  // R5
    return false;
  }
  ring.commitRange(index, records, bytes);
  board_.look(region_.shardOf(lane));  // R3: once for the whole range
  return true;
}

bool Outbox::allAt(std::int32_t lane, const Bytes* records, std::int32_t bytes) const {
  std::int64_t checked = -1;
  for (std::int32_t offset = 0; offset < bytes; offset += aligned(get<std::int32_t>(records + offset))) {
    // Once for a run to one target: any read behind the claim will do (R15).
    const auto target = get<std::int64_t>(records + offset + layout::record::target);
    if (target != checked && homeLane(region_, records + offset, lane) != lane) {
      return false;
    }
    checked = target;
  }
  return true;
}

bool Outbox::intoOverflow(std::int32_t lane, Bytes* records, std::int64_t bytes) {
  try {
    // Over the hard limit too: these sends were ACCEPTED when they were gathered, and one turn's gathering
    // bounds the excess.
    overflows_[static_cast<std::size_t>(lane)].append(region_, lane, records, bytes, moved_);
  } catch (const std::bad_alloc&) {  // nothing was appended
    for (std::int64_t offset = 0; offset < bytes; offset += aligned(get<std::int32_t>(records + offset))) {
      lost_(RecordView(records + offset));
    }
  }
  board_.look(region_.shardOf(lane));  // R5
  return region_.lane(lane).read<std::int64_t>(layout::shard::overflowBytes) > region_.overflowSoftBytes();
}

void Outbox::sendMoved(std::int32_t lane) {
  sendEach(moved_, lane);
  moved_.clear();
}

void Outbox::sendEach(const Buffer& records, std::int32_t lane) {
  for (std::int64_t offset = 0; offset < records.size();) {
    Bytes* record = records.data() + offset;
    try {
      sendAlone(region_, board_, overflows_, record, lane);
    } catch (const std::bad_alloc&) {
      lost_(RecordView(record));
    }
    offset += aligned(get<std::int32_t>(record));
  }
}

}  // namespace talaria::core
