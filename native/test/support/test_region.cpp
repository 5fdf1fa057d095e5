#include "support/test_region.hpp"

#include <sys/mman.h>

#include "memory/layout_hash.hpp"
#include "support/check.hpp"

namespace talaria::test {

namespace {

constexpr std::int64_t kPage = layout::ring::pageBytes;
constexpr std::int32_t kSections = 11;

std::int64_t pages(std::int64_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

core::Bytes* map(std::size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  return static_cast<core::Bytes*>(memory);
}

}  // namespace

TestRegion::TestRegion(const Shape& shape) {
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
                                           std::int64_t{layout::shard::lengthBytes} * shape.shards,
                                           ring * shape.shards,
                                           log * shape.workers};
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
  put<std::int32_t>(region_ + h::workerCount, shape.workers);
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
  for (std::int32_t s = 0; s < shape.shards; s++) {
    core::Bytes* shard =
        region_ + offsets[layout::section::shards] + std::int64_t{layout::shard::lengthBytes} * s;
    put<std::int32_t>(shard + layout::shard::lanes, 1);
    put<std::int64_t>(shard + layout::shard::ringOffset, offsets[layout::section::rings] + ring * s);
    put<std::int32_t>(shard + layout::shard::capacityBytes, shape.ringBytes);
    put<std::int32_t>(shard + layout::shard::homeWorker, s % shape.workers);
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
  row.at<std::uint64_t>(layout::row::home)
      .store(core::Home::of(shard, 1, layout::homeState::live, policy, capacity != 0).bits);
  return {index, 1};
}

void TestRegion::setState(std::int32_t state) const {
  core::word<std::int32_t>(region_ + layout::header::engineState).store(state);
}

void TestRegion::setHomeState(std::int32_t index, int state) const {
  const core::Row row = view().row(index);
  const core::Home home = row.home();
  row.at<std::uint64_t>(layout::row::home)
      .store(core::Home::of(home.shard(), home.generation(), state, home.policy(), home.bounded()).bits);
}

}  // namespace talaria::test
