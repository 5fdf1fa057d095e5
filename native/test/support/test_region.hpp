// A region and an endpoint table in plain memory, as Java would lay them out (docs/layout.md).
#pragma once

#include <cstddef>

#include "memory/region.hpp"

namespace talaria::test {

struct Shape {
  std::int32_t shards = 4;
  std::int32_t lanes = 1;  // of each shard
  std::int32_t lowerEvery = 64;
  std::int32_t workers = 2;
  std::int32_t ringBytes = 64 * 1024;
  std::int32_t maxMessageBytes = 4096;
  std::int32_t maxEndpoints = 1024;
  std::int32_t waiterSlots = 16;
  std::int32_t joinSlots = 4;
  std::int32_t flags = 0;
  std::int32_t batchRecords = 256;
  std::int32_t blockBytes = 16 * 1024;
  std::int32_t patienceNs = 500;
  std::int32_t spins = 50;
  std::int32_t yields = 5;
  std::int32_t turnLogBytes = 64 * 1024;
  std::int64_t overflowSoftBytes = 1 << 20;
  std::int64_t overflowHardBytes = 64 << 20;
  std::int64_t parkNs = -1;  // for ever: a lost wake-up hangs, and is found
};

class TestRegion {
 public:
  explicit TestRegion(const Shape& shape);
  ~TestRegion();
  TestRegion(const TestRegion&) = delete;
  TestRegion& operator=(const TestRegion&) = delete;

  [[nodiscard]] core::Bytes* base() const { return region_; }
  [[nodiscard]] core::Bytes* rows() const { return rows_; }
  [[nodiscard]] core::Region view() const { return {region_, rows_}; }

  /** Writes the row of an endpoint on a shard, generation 1, LIVE. Its sender id is 1000 + index. */
  core::Address endpoint(std::int32_t index, std::int32_t kind, std::int32_t shard, std::int32_t capacity = 0,
                         int policy = layout::policy::block) const;
  void setState(std::int32_t state) const;
  void setHomeState(std::int32_t index, int state) const;

 private:
  core::Bytes* region_;
  core::Bytes* rows_;
  std::size_t regionBytes_;
  std::size_t rowBytes_;
};

}  // namespace talaria::test
