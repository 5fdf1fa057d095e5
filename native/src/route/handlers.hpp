// C++ handlers: libraries, instances in endpoint rows, replay and snapshots. Control threads; instances by
// the holder of the shard.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "dispatch/engine.hpp"
#include "dispatch/handler_call.hpp"

namespace talaria::core {

/** What talaria_handler_find returns a handle to. */
struct Handler {
  const talaria_handler_descriptor* descriptor;
  std::vector<talaria_schema> schemas;  // accepted first, then those that its library sends
};

class Handlers {
 public:
  explicit Handlers(Engine& engine) : engine_(engine) {}
  ~Handlers();
  Handlers(const Handlers&) = delete;
  Handlers& operator=(const Handlers&) = delete;

  /** Throws std::runtime_error: not found, wrong version, wrong layout. */
  const Handler* find(const std::string& library, const std::string& name);

  /** Throws std::runtime_error if the constructor threw or the row has an instance. */
  void create(const Handler& handler, std::int32_t endpoint);
  void destroy(std::int32_t endpoint);

  /** Returns 0 or a reason code; `text` says more. */
  std::int32_t replay(std::int32_t endpoint, Bytes* record, std::int64_t nowNs, std::string& text);

  /** Bytes needed, -1 if there is no snapshot; throws if the handler did. */
  std::int64_t snapshot(std::int32_t endpoint, void* buffer, std::int64_t capacity);

 private:
  [[nodiscard]] Row row(std::int32_t endpoint) const;
  [[nodiscard]] HandlerInstance* instance(std::int32_t endpoint) const;

  Engine& engine_;
  std::mutex mutex_;  // of the two lists
  std::vector<void*> libraries_;
  std::deque<Handler> handlers_;
};

}  // namespace talaria::core
