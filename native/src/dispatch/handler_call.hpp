// Runs C++ handlers and does what they ask for: sends, replies, time (the talaria_host of handler_abi.h).
#pragma once

#include <array>

#include "memory/record.hpp"
#include "talaria/handler_abi.h"

namespace talaria::core {

class Row;
class Worker;
struct HandlerInstance;

/** One caller of handlers: a worker, or a replay (no worker: sends are suppressed, time is given). */
class HandlerCalls : private talaria_call {
 public:
  explicit HandlerCalls(Worker* worker);
  HandlerCalls(const HandlerCalls&) = delete;
  HandlerCalls& operator=(const HandlerCalls&) = delete;

  /** What all records like this one have in common: those that run() is called with next. */
  void expect(RecordView model);

  /** Hands a record to the handler. Returns 0 or a reason code; then text() says more. */
  std::int32_t run(const HandlerInstance& instance, RecordView record, std::int64_t position);

  [[nodiscard]] const char* text() const { return text_.data(); }
  void replayAt(std::int64_t nowNs) { replayNowNs_ = nowNs; }

 private:
  static const talaria_host kHost;
  static std::int32_t hostSend(talaria_call* call, std::uint64_t to, std::int32_t schemaId, const void* bytes,
                               std::int32_t bytesLength) noexcept;
  static std::int32_t hostReply(talaria_call* call, std::int32_t schemaId, const void* bytes,
                                std::int32_t bytesLength) noexcept;
  static std::int64_t hostNow(talaria_call* call) noexcept;

  /** A send of the endpoint that is running; `flags` and `correlation` of a reply. Returns the outcome. */
  std::int32_t post(Address to, std::int32_t schemaId, const void* bytes, std::int32_t bytesLength,
                    std::uint16_t flags, std::uint64_t correlation);
  [[nodiscard]] static std::int32_t takePlace(Row row, Home home);
  [[nodiscard]] std::int32_t admit(Address to, std::int32_t schemaId, std::int32_t bytesLength,
                                   std::int32_t recordBytes, std::int32_t& place);
  [[nodiscard]] bool ensureSequence(Row self) const;
  [[nodiscard]] static std::int64_t nextSequence(Row self);
  std::int32_t refuse(std::int32_t outcome, Address to, std::int32_t schemaId);

  /** What was sent last, to an endpoint without a bound: the next is often its like. */
  struct Like {
    Address to;
    std::int32_t schemaId = 0;
    std::int32_t bytesLength = -1;
    Home home;
  };
  [[nodiscard]] bool isLike(Address to, std::int32_t schemaId, std::int32_t bytesLength) const;

  Worker* worker_;
  RecordView record_{nullptr};
  std::int64_t position_ = -1;
  std::int32_t headerLength_ = 0;
  bool replies_ = false;  // REPLY_TO is set
  std::int32_t ordinal_ = 0;
  std::int64_t replayNowNs_ = 0;
  Like like_;
  std::array<char, 512> text_{};
};

}  // namespace talaria::core
