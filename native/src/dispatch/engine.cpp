#include "dispatch/engine.hpp"

#include <sched.h>

#include "dispatch/worker.hpp"

namespace talaria::core {

Engine::Engine(Bytes* region, Bytes* endpoints, talaria_block_handler onBlock,
               talaria_failure_handler onFailure, talaria_succession_handler onSuccession, std::int64_t user)
    : region_(region, endpoints),
      board_(region_),
      waiters_(region_),
      onBlock_(onBlock),
      onFailure_(onFailure),
      onSuccession_(onSuccession),
      user_(user),
      overflows_(static_cast<std::size_t>(region_.laneCount())),
      locals_(static_cast<std::size_t>(region_.shardCount())) {
  for (std::int32_t w = 0; w < region_.workerCount(); w++) {
    workers_.push_back(std::make_unique<Worker>(*this, w));
  }
}

Engine::~Engine() = default;

void Engine::spill(std::int32_t lane, const Bytes* records, std::int64_t bytes) {
  Buffer moved;
  try {
    overflows_[static_cast<std::size_t>(lane)].append(region_, lane, records, bytes, moved);
  } catch (...) {
    board_.look(
        region_.shardOf(lane));  // R5: the caller's claim may have padded the ring's end before it failed
    throw;
  }
  board_.look(region_.shardOf(lane));  // R5
  // R16: what has moved meanwhile, and all behind it. What came before is appended, so nothing can be refused
  // any more: a moment without memory is waited for.
  for (std::int64_t offset = 0; offset < moved.size();) {
    const Bytes* record = moved.data() + offset;
    try {
      sendAlone(region_, board_, overflows_, record, lane);
      offset += aligned(get<std::int32_t>(record));
    } catch (const std::bad_alloc&) {
      sched_yield();
    }
  }
}

}  // namespace talaria::core
