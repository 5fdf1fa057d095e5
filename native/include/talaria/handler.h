/*
 * For authors of C++ handlers: header only, a C ABI underneath (talaria/handler_abi.h).
 *
 *   struct Vwap {
 *     double value = 0, volume = 0;
 *     void operator()(const Trade& t, talaria::context& c) {
 *       volume += t.size;
 *       value += t.price * t.size;
 *       c.reply(t, Price{value / volume});
 *     }
 *   };
 *   TALARIA_HANDLER(vwap, Vwap, Trade)
 *
 * One instance an endpoint, never run twice at once, its messages in order. A handler must not block: it
 * holds a shard. An exception sends the message to the dead letters (HANDLER_FAILED); the state stays and the
 * next message is handled. Messages and the context are valid during the call only. Optional: `void
 * snapshot(talaria::snapshot_writer&) const`.
 */
#ifndef TALARIA_HANDLER_H
#define TALARIA_HANDLER_H

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string_view>
#include <type_traits>
#include <vector>

#include "talaria/handler_abi.h"
#include "talaria/message.h"

namespace talaria {

/** What became of a send; the codes of docs/layout.md. */
enum class outcome : int32_t {
  accepted = 0,
  back_pressured = 1,
  dropped = 2,
  closed = 3,
  no_such_endpoint = 4,
  timed_out = 5,
  too_large = 6
};

#pragma GCC visibility push(hidden)  // every library has its own schema list
namespace detail {

template <typename Message>
constexpr talaria_schema schema_of() {
  static_assert(std::is_trivially_copyable_v<Message> && std::is_standard_layout_v<Message>);
  static_assert(alignof(Message) <= 8 && sizeof(Message) >= static_cast<size_t>(Message::fixed_length));
  return {Message::schema_id, Message::fixed_length, Message::schema_name, Message::schema_layout};
}

/** The schemas that this library sends, collected before main or dlopen returns. */
inline const talaria_schema_node*& sent_schemas() {
  static const talaria_schema_node* head = nullptr;
  return head;
}

template <typename Message>
struct sent {
  struct node : talaria_schema_node {
    node() : talaria_schema_node{schema_of<Message>(), sent_schemas()} { sent_schemas() = this; }
  };
  static inline const node registered{};
};

inline void copy_text(char* to, int32_t capacity, const char* text) {
  if (to != nullptr && capacity > 0) {
    std::snprintf(to, static_cast<size_t>(capacity), "%s", text);
  }
}

}  // namespace detail
#pragma GCC visibility pop

/** Text of a variable field. */
template <typename Message>
std::string_view tail_text(const Message& message, tail field) {
  return {tail_data(message, field), field.length};
}

/** A message with variable tails, built before it is sent. Keep one as a member to reuse its memory. */
template <typename Message>
class builder {
 public:
  builder() { clear(); }

  void clear() {
    length_ = sizeof(Message);
    words_.assign((sizeof(Message) + 7) / 8, 0);
  }

  Message* operator->() { return reinterpret_cast<Message*>(words_.data()); }

  /** Appends a field's bytes, 8-byte aligned: `b.put(&Note::text, data, length)`. */
  builder& put(tail Message::*field, const void* bytes, size_t length) {
    const size_t offset = (length_ + 7) / 8 * 8;
    words_.resize((offset + length + 7) / 8, 0);
    if (length != 0) {
      std::memcpy(reinterpret_cast<char*>(words_.data()) + offset, bytes, length);
    }
    (operator->()->*field) = tail{static_cast<uint32_t>(offset), static_cast<uint32_t>(length)};
    length_ = offset + length;
    return *this;
  }

  builder& put(tail Message::*field, std::string_view text) { return put(field, text.data(), text.size()); }

  const void* data() const { return words_.data(); }
  int32_t length() const { return static_cast<int32_t>(length_); }

 private:
  std::vector<uint64_t> words_;
  size_t length_ = 0;
};

/** What a handler may do while it handles one message. Never kept, never used from another thread. */
class context {
 public:
  explicit context(talaria_call* call) : call_(call) {}
  context(const context&) = delete;
  context& operator=(const context&) = delete;

  /** Answers the message being handled: a waiting thread, or the endpoint that asked. no_such_endpoint:
   * nobody waits. */
  template <typename Request, typename Reply>
  outcome reply(const Request&, const Reply& answer) {
    (void)&detail::sent<Reply>::registered;
    return raw_reply(Reply::schema_id, &answer, Reply::fixed_length);
  }
  template <typename Request, typename Reply>
  outcome reply(const Request&, const builder<Reply>& answer) {
    (void)&detail::sent<Reply>::registered;
    return raw_reply(Reply::schema_id, answer.data(), answer.length());
  }
  template <typename Request>
  outcome reply_raw(const Request&, int32_t schema_id, const void* payload, int32_t length) {
    return raw_reply(schema_id, payload, length);
  }

  /** Sends; gathered and published when the turn ends. A handler's send never waits. */
  template <typename Message>
  outcome send(address to, const Message& message) {
    (void)&detail::sent<Message>::registered;
    return send_raw(to, Message::schema_id, &message, Message::fixed_length);
  }
  template <typename Message>
  outcome send(address to, const builder<Message>& message) {
    (void)&detail::sent<Message>::registered;
    return send_raw(to, Message::schema_id, message.data(), message.length());
  }
  outcome send_raw(address to, int32_t schema_id, const void* payload, int32_t length) {
    return static_cast<outcome>(call_->host->send(call_, to.bits, schema_id, payload, length));
  }

  address self() const { return {call_->self}; }
  /** The id of the thread or endpoint that sent the message, and the message's number among all that it sent.
   */
  int32_t sender() const { return call_->sender; }
  int32_t sequence() const { return call_->sequence; }
  /** The endpoint that waits for a reply; false if none does. */
  address reply_to() const { return {call_->reply_to}; }
  /** Monotonic nanoseconds of the engine's clock: fixed within a turn, recorded, the same in a replay. */
  int64_t now_ns() const { return call_->host->now_ns(call_); }
  int32_t payload_length() const { return call_->length; }

 private:
  outcome raw_reply(int32_t schema_id, const void* payload, int32_t length) {
    return static_cast<outcome>(call_->host->reply(call_, schema_id, payload, length));
  }

  talaria_call* call_;
};

/** Where a handler writes its state, so that a replay can be compared with the original. Counts what does not
 * fit. */
class snapshot_writer {
 public:
  snapshot_writer(void* buffer, int64_t capacity)
      : buffer_(static_cast<char*>(buffer)), capacity_(capacity) {}

  void bytes(const void* data, size_t length) {
    const int64_t end = needed_ + static_cast<int64_t>(length);
    if (end <= capacity_ && length != 0) {
      std::memcpy(buffer_ + needed_, data, length);
    }
    needed_ = end;
  }
  template <typename T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(&value, sizeof(T));
  }
  int64_t needed() const { return needed_; }

 private:
  char* buffer_;
  int64_t capacity_;
  int64_t needed_ = 0;
};

#pragma GCC visibility push(hidden)  // every library has its own schema list
namespace detail {

template <typename Handler, typename... Messages>
struct handler_of {
  static_assert(sizeof...(Messages) > 0, "TALARIA_HANDLER needs the message types that the handler accepts");

  static void* create(char* error, int32_t capacity) {
    try {
      return new Handler();
    } catch (const std::exception& e) {
      copy_text(error, capacity, e.what());
    } catch (...) {
      copy_text(error, capacity, "an exception that is no std::exception");
    }
    return nullptr;
  }

  static void destroy(void* instance) {
    try {
      delete static_cast<Handler*>(instance);
    } catch (...) {  // a destructor that throws must not cross the ABI; there is nobody left to tell
    }
  }

  static int32_t handle(void* instance, talaria_call* call) {
    try {
      context c(call);
      int32_t result = TALARIA_UNKNOWN_SCHEMA;
      (void)((call->schema_id == Messages::schema_id &&
              (result = one<Messages>(*static_cast<Handler*>(instance), call, c), true)) ||
             ...);
      return result;
    } catch (const std::exception& e) {
      copy_text(call->error, call->error_capacity, e.what());
    } catch (...) {
      copy_text(call->error, call->error_capacity, "an exception that is no std::exception");
    }
    return TALARIA_HANDLER_FAILED;
  }

  template <typename Message>
  static int32_t one(Handler& handler, talaria_call* call, context& c) {
    if (call->length < Message::fixed_length) {
      return TALARIA_BAD_RECORD;
    }
    handler(*static_cast<const Message*>(call->payload), c);
    return TALARIA_HANDLED;
  }

  template <typename H>
  static auto write(H* handler, snapshot_writer& writer, int) -> decltype(handler->snapshot(writer), true) {
    handler->snapshot(writer);
    return true;
  }
  static bool write(void*, snapshot_writer&, long) { return false; }

  static int64_t snapshot(void* instance, void* buffer, int64_t capacity) {
    try {
      snapshot_writer writer(buffer, capacity);
      return write(static_cast<Handler*>(instance), writer, 0) ? writer.needed() : -1;
    } catch (...) {
      return -2;
    }
  }

  static const talaria_schema_node* sent() { return sent_schemas(); }

  static const talaria_handler_descriptor* descriptor(const char* name) {
    static constexpr talaria_schema accepted[] = {schema_of<Messages>()...};
    static const talaria_handler_descriptor it = {TALARIA_HANDLER_ABI,
                                                  static_cast<int32_t>(sizeof(talaria_handler_descriptor)),
                                                  TALARIA_LAYOUT_HASH,
                                                  name,
                                                  accepted,
                                                  static_cast<int32_t>(sizeof...(Messages)),
                                                  &sent,
                                                  &create,
                                                  &destroy,
                                                  &handle,
                                                  &snapshot};
    return &it;
  }
};

}  // namespace detail
#pragma GCC visibility pop

}  // namespace talaria

/** Makes `Type` loadable as the handler `name`: TALARIA_HANDLER(vwap, Vwap, Trade, Reset). */
#define TALARIA_HANDLER(name, Type, ...)                                      \
  extern "C" __attribute__((visibility("default")))                           \
  const talaria_handler_descriptor* talaria_handler_##name() {                \
    return talaria::detail::handler_of<Type, __VA_ARGS__>::descriptor(#name); \
  }

#endif
