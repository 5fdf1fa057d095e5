// The C API: catches everything, keeps the text of what failed per thread.
#include "talaria/talaria.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "dispatch/futex.hpp"
#include "dispatch/worker.hpp"
#include "memory/layout_hash.hpp"
#include "route/handlers.hpp"

namespace core = talaria::core;
namespace layout = talaria::layout;

namespace {

constexpr std::int32_t kAbiVersion = 3;
constexpr std::int32_t kFailed = -1;

/** What talaria_engine_open returns a handle to. */
struct OpenEngine {
  OpenEngine(core::Bytes* region, core::Bytes* rows, talaria_block_handler onBlock,
             talaria_failure_handler onFailure, talaria_succession_handler onSuccession, std::int64_t user)
      : engine(region, rows, onBlock, onFailure, onSuccession, user) {}
  core::Engine engine;
  core::Handlers handlers{engine};
};

std::string& lastError() {
  thread_local std::string text;
  return text;
}

void fail(const char* text) noexcept {
  try {
    lastError() = text;
  } catch (...) {  // no memory for the text: the negative number must do
  }
}

/** Runs `body`; whatever it throws becomes talaria_last_error and the result -1. */
template <typename Result, typename Body>
Result guarded(Body body) noexcept {
  try {
    return body();
  } catch (const std::exception& e) {
    fail(e.what());
  } catch (...) {
    fail("an exception that is no std::exception");
  }
  return static_cast<Result>(kFailed);
}

OpenEngine& engineOf(std::int64_t handle) { return *reinterpret_cast<OpenEngine*>(handle); }
const core::Handler& handlerOf(std::int64_t handle) {
  return *reinterpret_cast<const core::Handler*>(handle);
}

std::int32_t* int32At(std::int64_t address) { return reinterpret_cast<std::int32_t*>(address); }

bool noSuchWorker(const OpenEngine& open, std::int32_t worker) {
  return worker < 0 || worker >= open.engine.region().workerCount();
}

bool noSuchLane(const OpenEngine& open, std::int32_t lane) {
  return lane < 0 || lane >= open.engine.region().laneCount();
}

}  // namespace

extern "C" {

int32_t talaria_abi_version(void) { return kAbiVersion; }

int64_t talaria_layout_hash(void) { return layout::kHash; }

const char* talaria_layout_text(void) { return layout::kText; }

const char* talaria_last_error(void) { return lastError().c_str(); }

int64_t talaria_engine_open(int64_t region, int64_t endpoints, talaria_block_handler onBlock,
                            talaria_failure_handler onFailure, talaria_succession_handler onSuccession,
                            int64_t user) {
  return guarded<int64_t>([&]() -> int64_t {
    auto* base = reinterpret_cast<core::Bytes*>(region);
    auto* rows = reinterpret_cast<core::Bytes*>(endpoints);
    const char* refusal = onBlock == nullptr        ? "no block handler"
                          : onSuccession == nullptr ? "no succession handler"
                                                    : core::Region::refusal(base, rows);
    if (refusal != nullptr) {
      fail(refusal);
      return kFailed;
    }
    return reinterpret_cast<int64_t>(new OpenEngine(base, rows, onBlock, onFailure, onSuccession, user));
  });
}

int32_t talaria_engine_clock(int64_t engine, talaria_clock_handler onClock) {
  engineOf(engine).engine.clock(onClock);
  return 0;
}

int32_t talaria_engine_close(int64_t engine) {
  return guarded<int32_t>([&] {
    delete &engineOf(engine);
    return 0;
  });
}

int32_t talaria_worker_run(int64_t engine, int32_t worker) {
  return guarded<int32_t>([&] {
    OpenEngine& open = engineOf(engine);
    if (noSuchWorker(open, worker)) {
      fail("no such worker");
      return kFailed;
    }
    open.engine.worker(worker).run();
    return 0;
  });
}

int32_t talaria_worker_invoke(int64_t engine, int32_t worker) {
  return guarded<int32_t>([&] {
    OpenEngine& open = engineOf(engine);
    if (noSuchWorker(open, worker)) {
      fail("no such worker");
      return kFailed;
    }
    return open.engine.worker(worker).invoke();
  });
}

void talaria_unpark(int64_t engine, int32_t worker) {
  OpenEngine& open = engineOf(engine);
  if (!noSuchWorker(open, worker)) {
    open.engine.board().unpark(worker);
  }
}

int32_t talaria_overflow_append(int64_t engine, int32_t lane, int64_t records, int32_t lengthBytes) {
  OpenEngine& open = engineOf(engine);
  if (noSuchLane(open, lane)) {
    fail("no such lane");
    return kFailed;
  }
  try {
    const auto* bytes = reinterpret_cast<const core::Bytes*>(records);
    open.engine.spill(lane, bytes, lengthBytes);
    return layout::outcome::accepted;
  } catch (const std::exception& e) {
    fail(e.what());  // no memory: nothing was appended
    return layout::outcome::backPressured;
  }
}

int32_t talaria_overflow_flush(int64_t engine, int32_t lane) {
  OpenEngine& open = engineOf(engine);
  if (noSuchLane(open, lane)) {
    fail("no such lane");
    return kFailed;
  }
  return open.engine.overflows()[static_cast<std::size_t>(lane)].flush(open.engine.region(), lane,
                                                                       open.engine.region().ring(lane));
}

int64_t talaria_overflow_bytes(int64_t engine, int32_t lane) {
  const OpenEngine& open = engineOf(engine);
  return noSuchLane(open, lane) ? 0
                                : open.engine.region().lane(lane).read<int64_t>(layout::shard::overflowBytes);
}

int64_t talaria_handler_find(int64_t engine, const char* libraryPath, const char* symbol) {
  return guarded<int64_t>(
      [&] { return reinterpret_cast<int64_t>(engineOf(engine).handlers.find(libraryPath, symbol)); });
}

int32_t talaria_handler_schema_count(int64_t handler) {
  return static_cast<int32_t>(handlerOf(handler).schemas.size());
}

int32_t talaria_handler_schema_id(int64_t handler, int32_t i) {
  return handlerOf(handler).schemas[static_cast<std::size_t>(i)].id;
}

const char* talaria_handler_schema_layout(int64_t handler, int32_t i) {
  return handlerOf(handler).schemas[static_cast<std::size_t>(i)].layout;
}

int32_t talaria_handler_create(int64_t engine, int64_t handler, int32_t endpoint) {
  return guarded<int32_t>([&] {
    engineOf(engine).handlers.create(handlerOf(handler), endpoint);
    return 0;
  });
}

int32_t talaria_handler_destroy(int64_t engine, int32_t endpoint) {
  return guarded<int32_t>([&] {
    engineOf(engine).handlers.destroy(endpoint);
    return 0;
  });
}

int32_t talaria_handler_replay(int64_t engine, int32_t endpoint, int64_t record, int64_t nowNs) {
  return guarded<int32_t>([&] {
    std::string text;
    auto* bytes = reinterpret_cast<core::Bytes*>(record);
    const int32_t reason = engineOf(engine).handlers.replay(endpoint, bytes, nowNs, text);
    if (reason != 0) {
      fail(text.c_str());
    }
    return -reason;
  });
}

int32_t talaria_handler_snapshot(int64_t engine, int32_t endpoint, int64_t buffer, int32_t capacityBytes) {
  constexpr int32_t kThrew = INT32_MIN;
  try {
    const int64_t needed =
        engineOf(engine).handlers.snapshot(endpoint, reinterpret_cast<void*>(buffer), capacityBytes);
    return static_cast<int32_t>(needed <= capacityBytes ? needed : -2 - needed);
  } catch (const std::exception& e) {
    fail(e.what());
    return kThrew;
  }
}

void talaria_wait(int64_t address, int32_t expected, int64_t timeoutNs) {
  core::futexWait(int32At(address), expected, timeoutNs);
}

void talaria_wake(int64_t address) { core::futexWake(int32At(address), -1); }

void talaria_free(int64_t address) { std::free(reinterpret_cast<void*>(address)); }

int32_t talaria_release_pages(int64_t address, int64_t lengthBytes) {
  if (madvise(reinterpret_cast<void*>(address), static_cast<std::size_t>(lengthBytes), MADV_REMOVE) == 0) {
    return 0;
  }
  fail(std::strerror(errno));
  return kFailed;
}

}  // extern "C"
