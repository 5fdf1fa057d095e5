#include "memory/region.hpp"

#include <algorithm>

#include "memory/layout_hash.hpp"

namespace talaria::core {

namespace {

/** The engine's own, and those set apart. */
constexpr std::int32_t kMostShards = 8192;

constexpr bool powerOfTwo(std::int64_t n) { return n > 0 && (n & (n - 1)) == 0; }

std::int64_t sectionField(Block header, std::int32_t i, std::int32_t field) {
  return header.read<std::int64_t>(layout::header::sections + layout::section::lengthBytes * i + field);
}

}  // namespace

Region::Region(Bytes* region, Bytes* endpoints)
    : region_(region),
      endpoints_(endpoints),
      boardOffset_(section(layout::section::board)),
      workersOffset_(section(layout::section::workers)),
      waitersOffset_(section(layout::section::waiters)),
      completionsOffset_(section(layout::section::completions)),
      shardsOffset_(section(layout::section::shards)),
      turnLogsOffset_(section(layout::section::turnLogs)),
      joinsOffset_(section(layout::section::joins)),
      joinSlots_(static_cast<std::int32_t>(sectionField(header(), layout::section::joins, 8) /
                                           layout::join::lengthBytes)),
      samplesOffset_(section(layout::section::samples)),
      shardCount_(header().read<std::int32_t>(layout::header::shardCount)),
      laneCount_(header().read<std::int32_t>(layout::header::laneCount)),
      lowerEvery_(header().read<std::int32_t>(layout::header::lowerEvery)),
      workerCount_(header().read<std::int32_t>(layout::header::workerCount)),
      waiterSlots_(header().read<std::int32_t>(layout::header::waiterSlots)),
      maxMessageBytes_(header().read<std::int32_t>(layout::header::maxMessageBytes)),
      maxEndpoints_(header().read<std::int32_t>(layout::header::maxEndpoints)),
      batchRecords_(std::max(1, header().read<std::int32_t>(layout::header::batchRecords))),
      blockBytes_(header().read<std::int32_t>(layout::header::blockBytes)),
      patienceNs_(header().read<std::int32_t>(layout::header::patienceNs)),
      clockOffsetNs_(header().read<std::int64_t>(layout::header::clockOffsetNs)),
      spins_(header().read<std::int32_t>(layout::header::spins)),
      yields_(header().read<std::int32_t>(layout::header::yields)),
      adaptive_(header().read<std::int32_t>(layout::header::adaptive) != 0),
      turnLogCapacity_(header().read<std::int32_t>(layout::header::turnLogCapacityBytes)),
      parkNs_(header().read<std::int64_t>(layout::header::parkNs)),
      overflowSoftBytes_(header().read<std::int64_t>(layout::header::overflowSoftBytes)),
      overflowHardBytes_(header().read<std::int64_t>(layout::header::overflowHardBytes)),
      anchorEpochNs_(header().read<std::int64_t>(layout::header::anchorEpochNs)),
      anchorNanoTime_(header().read<std::int64_t>(layout::header::anchorNanoTime)) {}

Ring Region::ring(std::int32_t lane) const {
  const Block block = this->lane(lane);
  return {region_ + block.read<std::int64_t>(layout::shard::ringOffset),
          block.read<std::int32_t>(layout::shard::capacityBytes)};
}

Ring Region::turnLog(std::int32_t worker) const {
  const std::int64_t page = layout::ring::pageBytes;
  const std::int64_t stride = (turnLogCapacity_ + layout::ring::trailerLength + page - 1) / page * page;
  return {region_ + turnLogsOffset_ + worker * stride, turnLogCapacity_};
}

const char* Region::refusal(Bytes* region, const Bytes* endpoints) {
  if (region == nullptr || endpoints == nullptr) {
    return "no region or no endpoint table";
  }
  const Block header(region);
  if (header.read<std::int64_t>(layout::header::magic) != layout::header::magicValue) {
    return "not a region: wrong magic";
  }
  if (header.read<std::int32_t>(layout::header::layoutVersion) != layout::header::versionValue) {
    return "wrong layout version";
  }
  if (header.read<std::int64_t>(layout::header::layoutHash) != layout::kHash) {
    return "the layout hash of the region differs from the native one; compare talaria_layout_text with the "
           "caller's";
  }
  const std::int32_t shards = header.read<std::int32_t>(layout::header::shardCount);
  const std::int32_t workers = header.read<std::int32_t>(layout::header::workerCount);
  if (shards < 1 || shards > kMostShards) {
    return "shardCount must be 1 to 8,192";
  }
  const std::int32_t lanes = header.read<std::int32_t>(layout::header::laneCount);
  if (lanes < shards || lanes > shards * layout::priority::count) {
    return "laneCount must be 1 to 4 times shardCount";
  }
  if (header.read<std::int32_t>(layout::header::lowerEvery) < layout::priority::count) {
    return "lowerEvery must be 4 or more";
  }
  if (workers < 1 || workers > 32) {
    return "workerCount must be 1 to 32";
  }
  if (const std::int32_t active = header.read<std::int32_t>(layout::header::activeWorkers);
      active < 1 || active > workers) {
    return "activeWorkers must be 1 to workerCount";
  }
  if (header.read<std::int32_t>(layout::header::maxEndpoints) < 1) {
    return "maxEndpoints must be positive";
  }
  if (sectionField(header, layout::section::board, 8) < shards * std::int64_t{layout::state::lengthBytes} ||
      sectionField(header, layout::section::workers, 8) <
          workers * std::int64_t{layout::worker::lengthBytes} ||
      sectionField(header, layout::section::shards, 8) < lanes * std::int64_t{layout::shard::lengthBytes}) {
    return "a section is too small for its blocks";
  }
  const bool journaled =
      (header.read<std::int32_t>(layout::header::flags) & layout::headerFlag::journaled) != 0;
  if (journaled && !powerOfTwo(header.read<std::int32_t>(layout::header::turnLogCapacityBytes))) {
    return "turnLogCapacityBytes must be a power of two";
  }
  const Block first(region + sectionField(header, layout::section::shards, 0));
  for (std::int32_t lane = 0; lane < lanes; lane++) {
    const Block block(first.base() + lane * std::int64_t{layout::shard::lengthBytes});
    if (const std::int32_t shard = block.read<std::int32_t>(layout::shard::shard);
        shard < 0 || shard >= shards || (lane < shards && shard != lane)) {
      return "a lane says that it is of another shard";
    }
    if (!powerOfTwo(block.read<std::int32_t>(layout::shard::capacityBytes)) ||
        block.read<std::int64_t>(layout::shard::ringOffset) % layout::ring::alignment != 0) {
      return "a lane's ring has a capacity that is no power of two, or a wrong offset";
    }
  }
  return nullptr;
}

}  // namespace talaria::core
