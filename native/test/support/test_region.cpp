#include "support/test_region.hpp"

#include <sys/mman.h>

#include "memory/layout_hash.hpp"
#include "support/check.hpp"

namespace talaria::test {

namespace {

constexpr std::int64_t kPage = layout::ring::pageBytes;
constexpr std::int32_t kSections = 14;

std::int64_t pages(std::int64_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

/** As Java's LanePlan: NORMAL's lane has the shard's number, the others lie behind all shards. */
std::int32_t laneOf(const Shape& shape, std::int32_t shard, std::int32_t priority) {
  constexpr std::int32_t kExtra[4][4] = {{0, 0, 0, 0}, {0, 0, 1, 1}, {1, 0, 2, 2}, {1, 0, 2, 3}};
  const std::int32_t extra = kExtra[shape.lanes - 1][priority];
  return extra == 0 ? shard : shape.shards + shard * (shape.lanes - 1) + extra - 1;
}

core::Bytes* map(std::size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  return static_cast<core::Bytes*>(memory);
}

}  // namespace

TestRegion::TestRegion(const Shape& shape) {
  const std::int32_t lanes = shape.shards * shape.lanes;
  const std::int64_t ring = pages(shape.ringBytes + layout::ring::trailerLength);
  const std::int64_t log = pages(shape.turnLogBytes + layout::ring::trailerLength);
  const std::int64_t lengths[kSections] = {kPage,
                                           kPage,
                                           kPage,
                                           std::int64_t{layout::state::lengthBytes} * shape.shards,
                                           std::int64_t{layout::worker::lengthBytes} * shape.workers,
                                           kPage,
                                           std::int64_t{layout::waiter::lengthBytes} * shape.waiterSlots,
                                           layout::completion::capacityBytes + layout::ring::trailerLength,
                                           std::int64_t{layout::shard::lengthBytes} * lanes,
                                           ring * lanes,
                                           log * shape.workers,
                                           0,
                                           std::int64_t{layout::sample::lengthBytes} * layout::sample::slots,
                                           std::int64_t{layout::join::lengthBytes} * shape.joinSlots};
  std::int64_t offsets[kSections];
  std::int64_t end = layout::header::lengthBytes;
  for (int i = 0; i < kSections; i++) {
    offsets[i] = end;
    end += pages(lengths[i]);
  }
  regionBytes_ = static_cast<std::size_t>(end);
  rowBytes_ = static_cast<std::size_t>(shape.maxEndpoints) * layout::row::lengthBytes;
  region_ = map(regionBytes_);
  rows_ = map(rowBytes_);

  using core::put;
  namespace h = layout::header;
  for (int i = 0; i < kSections; i++) {
    put<std::int64_t>(region_ + h::sections + layout::section::lengthBytes * i, offsets[i]);
    put<std::int64_t>(region_ + h::sections + layout::section::lengthBytes * i + 8, lengths[i]);
  }
  put<std::int64_t>(region_ + h::magic, h::magicValue);
  put<std::int32_t>(region_ + h::layoutVersion, h::versionValue);
  put<std::int64_t>(region_ + h::layoutHash, layout::kHash);
  put<std::int32_t>(region_ + h::shardCount, shape.shards);
  put<std::int32_t>(region_ + h::laneCount, lanes);
  put<std::int32_t>(region_ + h::scanShards, shape.shards);
  put<std::int32_t>(region_ + h::lowerEvery, shape.lowerEvery);
  put<std::int32_t>(region_ + h::workerCount, shape.workers);
  put<std::int32_t>(region_ + h::activeWorkers, shape.workers);
  put<std::int32_t>(region_ + h::ringCapacityBytes, shape.ringBytes);
  put<std::int32_t>(region_ + h::maxMessageBytes, shape.maxMessageBytes);
  put<std::int32_t>(region_ + h::maxEndpoints, shape.maxEndpoints);
  put<std::int32_t>(region_ + h::waiterSlots, shape.waiterSlots);
  put<std::int32_t>(region_ + h::flags, shape.flags);
  put<std::int32_t>(region_ + h::batchRecords, shape.batchRecords);
  put<std::int32_t>(region_ + h::blockBytes, shape.blockBytes);
  put<std::int32_t>(region_ + h::patienceNs, shape.patienceNs);
  put<std::int32_t>(region_ + h::spins, shape.spins);
  put<std::int32_t>(region_ + h::yields, shape.yields);
  put<std::int32_t>(region_ + h::turnLogCapacityBytes, shape.turnLogBytes);
  put<std::int64_t>(region_ + h::overflowSoftBytes, shape.overflowSoftBytes);
  put<std::int64_t>(region_ + h::overflowHardBytes, shape.overflowHardBytes);
  put<std::int64_t>(region_ + h::parkNs, shape.parkNs);
  put<std::int32_t>(region_ + h::engineState, layout::engineState::running);
  put<std::int32_t>(region_ + h::nextSenderId, 1);
  const auto block = [&](std::int32_t lane) {
    return region_ + offsets[layout::section::shards] + std::int64_t{layout::shard::lengthBytes} * lane;
  };
  for (std::int32_t s = 0; s < shape.shards; s++) {
    for (std::int32_t p = 0; p < layout::priority::count; p++) {
      const std::int32_t lane = laneOf(shape, s, p);
      put<std::int32_t>(block(s) + layout::shard::laneOf + 4 * p, lane);
      core::Bytes* at = block(lane);
      put<std::int32_t>(at + layout::shard::shard, s);
      put<std::int32_t>(at + layout::shard::lanes, shape.lanes);
      put<std::int64_t>(at + layout::shard::ringOffset, offsets[layout::section::rings] + ring * lane);
      put<std::int32_t>(at + layout::shard::capacityBytes, shape.ringBytes);
      put<std::int32_t>(at + layout::shard::homeWorker, s % shape.workers);
    }
  }
  for (std::int32_t s = 0; s < shape.shards; s++) {
    for (const std::int32_t p : {3, 0, 2, 1}) {  // the last one counts: NORMAL before HIGH, LOW, CRITICAL
      put<std::int32_t>(block(laneOf(shape, s, p)) + layout::shard::priority, p);
    }
  }
}

TestRegion::~TestRegion() {
  munmap(region_, regionBytes_);
  munmap(rows_, rowBytes_);
}

core::Address TestRegion::endpoint(std::int32_t index, std::int32_t kind, std::int32_t shard,
                                   std::int32_t capacity, int policy) const {
  const core::Row row = view().row(index);
  row.at<std::int32_t>(layout::row::kind).store(kind);
  row.at<std::int32_t>(layout::row::capacity).store(capacity);
  row.at<std::int32_t>(layout::row::senderId).store(1000 + index);
  row.at<std::int32_t>(layout::row::policies).store(0x1111 * policy);
  row.at<std::uint64_t>(layout::row::home)
      .store(core::Home::of(shard, 1, layout::homeState::live, policy, capacity != 0,
                            policy == layout::policy::dropOldest)
                 .bits);
  return {index, 1};
}

void TestRegion::setState(std::int32_t state) const {
  core::word<std::int32_t>(region_ + layout::header::engineState).store(state);
}

void TestRegion::setHomeState(std::int32_t index, int state) const {
  const core::Row row = view().row(index);
  const core::Home home = row.home();
  row.at<std::uint64_t>(layout::row::home)
      .store(core::Home::of(home.shard(), home.generation(), state, home.policy(), home.bounded(),
                            home.displaces())
                 .bits);
}

}  // namespace talaria::test
