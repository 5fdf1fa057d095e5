// Lanes: up to four rings a shard, one a priority (C5). The higher lane first; but a lower one that has
// waited behind lowerEvery - (lower lanes that wait) messages of higher ones is served one in between, so
// that of lowerEvery messages at least one is of each lane where some wait.
//
// The lane at hand (lane_, laneBlock_, ring_, drained_) is changed between segments only: what was drained of
// one is published before the next is begun, so a lane's words in the region are always right for who reads
// them here.
#include <algorithm>

#include "dispatch/worker.hpp"

namespace talaria::core {

namespace {

/** Most messages of a lane before the others are looked at again. */
constexpr std::int32_t kLaneBatch = 128;

constexpr std::int32_t kNone = -1;

/** More than lowerEvery can be. */
constexpr std::int32_t kLongest = 1 << 21;

}  // namespace

/** A shard was taken: looks up its lanes, and has the NORMAL one at hand. */
void Worker::hold(std::int32_t shard) {
  shard_ = shard;
  shardBlock_ = region_.shard(shard);
  lanes_ = shardBlock_.read<std::int32_t>(layout::shard::lanes);
  for (std::int32_t p = 0; p < layout::priority::count; p++) {
    laneOf_[static_cast<std::size_t>(p)] = lanes_ == 1 ? shard : region_.laneOf(shard, p);
  }
  select(shard);
}

void Worker::select(std::int32_t lane) {
  lane_ = lane;
  laneBlock_ = region_.lane(lane);
  ring_ = region_.ring(lane);
  // Plain reads of what the last owner wrote: the take acquired it.
  drained_ = laneBlock_.read<std::int64_t>(layout::shard::drained);
}

/** A batch over all lanes. Returns the records handled. */
std::int32_t Worker::serveLanes() {
  const std::int32_t most = region_.batchRecords();
  std::int32_t records = 0;
  while (records < most) {
    const Visit visit = nextVisit(most - records);
    if (visit.priority == kNone) {
      break;
    }
    const std::int32_t lane = laneOf(visit.priority);
    if (lane != lane_) {
      select(lane);
      behind_ = false;
    }
    if (journaled_) {
      number();  // the lanes of a shard share its turns' numbers: they tell the order in which they were
                 // served
    }
    const std::int32_t served = serveLane(visit.most);
    pass(visit.priority, served);
    records += served;
    if (overSoft_) {
      break;
    }
  }
  // An overflow, or what the journal has behind it, may be in a lane that has nothing to serve.
  for (std::int32_t p = layout::priority::count - 1; p >= 0; p--) {
    const std::int32_t lane = laneOf(p);
    if (lane != lane_) {
      select(lane);
      endSegment(drained_);
    }
  }
  return records;
}

/**
 * Where to go next, and how many messages may be taken there. Earliest deadline first: of the lower lanes
 * that wait, the one that is due as number j must be able to wait for j others.
 */
Worker::Visit Worker::nextVisit(std::int32_t most) {
  const auto passed = [this](std::int32_t p) -> std::int32_t& {
    return engine_.local(shard_).passed[static_cast<std::size_t>(p)];
  };
  std::array<std::int32_t, layout::priority::count> longest{};  // lower lanes that wait, the longest first
  std::size_t lower = 0;
  Visit visit{kNone, 0};
  for (std::int32_t p = layout::priority::count - 1; p >= 0; p--) {
    if (sharesLane(p)) {
      continue;
    }
    if (!waitsAt(p)) {
      passed(p) = 0;
    } else if (visit.priority == kNone) {
      visit.priority = p;
    } else {
      std::size_t at = lower++;
      for (; at > 0 && passed(longest[at - 1]) < passed(p); at--) {
        longest[at] = longest[at - 1];
      }
      longest[at] = p;
    }
  }
  visit.most = std::min(most, kLaneBatch);
  for (std::size_t j = 0; j < lower; j++) {
    const std::int32_t slack = region_.lowerEvery() - 1 - passed(longest[j]) - static_cast<std::int32_t>(j);
    if (slack <= 0) {
      return {longest[0], 1};
    }
    visit.most = std::min(visit.most, slack);
  }
  return visit;
}

/** So many messages of a lane were served: it counts anew, and the others count them. */
void Worker::pass(std::int32_t priority, std::int32_t records) {
  if (records == 0) {
    return;  // padding
  }
  auto& passed = engine_.local(shard_).passed;
  for (std::int32_t& behind : passed) {
    behind = std::min(behind + records, kLongest);
  }
  passed[static_cast<std::size_t>(priority)] = 0;
}

/** Whether a message may be handled in the lane of a priority. */
bool Worker::waitsAt(std::int32_t priority) {
  select(laneOf(priority));
  return recordWaits();
}

/** The same in any lane. */
bool Worker::anyWaits() {
  if (lanes_ == 1) {
    return recordWaits();
  }
  return std::ranges::any_of(laneOf_, [this](std::int32_t lane) {
    select(lane);
    return recordWaits();
  });
}

/** R2's "left", over all lanes. */
bool Worker::leftInLanes() {
  if (lanes_ == 1) {
    return somethingLeft();
  }
  return std::ranges::any_of(laneOf_, [this](std::int32_t lane) {
    select(lane);
    return somethingLeft();
  });
}

}  // namespace talaria::core
