#include "dispatch/waiters.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "dispatch/futex.hpp"

namespace talaria::core {

namespace {

constexpr std::uint64_t stateWord(std::uint64_t correlation, int state) {
  return static_cast<std::uint32_t>(correlation) |
         (static_cast<std::uint64_t>(state) << layout::waiter::stateShift);
}

}  // namespace

bool Waiters::reply(std::uint64_t correlation, std::int32_t schemaId, const void* payload,
                    std::int32_t length) const {
  void* external = nullptr;
  if (length > layout::waiter::inlineLength) {
    external = std::malloc(
        static_cast<std::size_t>(length));  // before the CAS: a failure must not leave the slot WRITING
    if (external == nullptr) {
      throw std::bad_alloc();
    }
  }
  const Block slot = begin(correlation);
  if (slot.base() == nullptr) {
    std::free(external);
    return false;
  }
  // Plain stores: `signal` publishes them.
  put<std::int32_t>(slot.base() + layout::waiter::schemaId, schemaId);
  put<std::int32_t>(slot.base() + layout::waiter::replyLength, length);
  put<std::int64_t>(slot.base() + layout::waiter::external, reinterpret_cast<std::intptr_t>(external));
  put<std::int32_t>(slot.base() + layout::waiter::allocator,
                    external == nullptr ? 0 : layout::waiterAllocator::native);
  if (length > 0) {
    std::memcpy(external != nullptr ? external : slot.base() + layout::waiter::inlineReply, payload,
                static_cast<std::size_t>(length));
  }
  end(slot, correlation, layout::waiterState::replied);
  return true;
}

bool Waiters::fail(std::uint64_t correlation, std::int32_t reason, std::string_view text) const {
  const Block slot = begin(correlation);
  if (slot.base() == nullptr) {
    return false;
  }
  const std::size_t length = std::min(text.size(), std::size_t{layout::waiter::inlineLength});
  put<std::int32_t>(slot.base() + layout::waiter::reason, reason);
  put<std::int32_t>(slot.base() + layout::waiter::replyLength, static_cast<std::int32_t>(length));
  std::memcpy(slot.base() + layout::waiter::inlineReply, text.data(), length);
  end(slot, correlation, layout::waiterState::failed);
  return true;
}

Block Waiters::begin(std::uint64_t correlation) const {
  const auto slot = static_cast<std::uint32_t>(correlation >> 32);
  if (slot >= static_cast<std::uint32_t>(region_.waiterSlots())) {
    return Block();
  }
  const Block block = region_.waiter(static_cast<std::int32_t>(slot));
  std::uint64_t expected = stateWord(correlation, layout::waiterState::open);
  // R25: this CAS decides between reply, failure and time-out; the generation tells a slot that is used
  // again.
  const bool won =
      block.at<std::uint64_t>(layout::waiter::word)
          .compare_exchange_strong(expected, stateWord(correlation, layout::waiterState::writing),
                                   std::memory_order_seq_cst);
  return won ? block : Block();
}

void Waiters::end(Block slot, std::uint64_t correlation, int state) const {
  // Before the signal: who sees that sends the next request at once, and its reply must find the word open.
  slot.at<std::uint64_t>(layout::waiter::word)
      .store(stateWord(correlation + 1, layout::waiterState::open), std::memory_order_release);
  // Publishes the reply. seq_cst store, then seq_cst load: the waiter sets `notify` before it looks at
  // `signal` again, so one of us sees the other.
  slot.at<std::uint64_t>(layout::waiter::signal)
      .store(stateWord(correlation, state), std::memory_order_seq_cst);
  if (slot.at<std::int32_t>(layout::waiter::notify).load(std::memory_order_seq_cst) !=
      layout::waiterNotify::spinning) {
    completions_.done(correlation);
  }
}

}  // namespace talaria::core
