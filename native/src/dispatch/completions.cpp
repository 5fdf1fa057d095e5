#include "dispatch/completions.hpp"

#include "dispatch/futex.hpp"

namespace talaria::core {

void Completions::post(std::int32_t type, std::uint64_t payload) const {
  constexpr std::int32_t kLength = layout::record::headerLength + 8;
  const Block header = region_.header();
  const std::int32_t index = ring_.claim(kLength);
  if (index >= 0) {
    Bytes* record = ring_.base() + index;
    put<std::int32_t>(record + layout::record::type, type);
    put<std::uint64_t>(record + layout::record::headerLength, payload);
    ring_.commit(index, kLength);
  } else {
    header.at<std::int32_t>(layout::header::completionsLost).store(1, std::memory_order_seq_cst);
  }
  // The completer reads the word, drains, says that it is parked, and waits only while the word is unchanged:
  // no post is missed.
  header.at<std::int32_t>(layout::header::completionWord).fetch_add(1, std::memory_order_seq_cst);
  std::int32_t parked = 1;
  if (header.at<std::int32_t>(layout::header::completerParked)
          .compare_exchange_strong(parked, 0, std::memory_order_seq_cst)) {
    futexWake(reinterpret_cast<std::int32_t*>(header.base() + layout::header::completionWord), -1);
  }
}

}  // namespace talaria::core
