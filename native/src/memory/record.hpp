// The record of docs/layout.md: Agrona's header, the 16-byte envelope (P1), extension words where flags say
// so, payload.
#pragma once

#include "memory/home.hpp"
#include "memory/ring.hpp"

namespace talaria::core {

/** Reads a record where it lies. Valid while the reader holds the ring, that is until its position is
 * reclaimed. */
class RecordView {
 public:
  explicit RecordView(Bytes* record) : record_(record) {}

  [[nodiscard]] Bytes* bytes() const { return record_; }
  [[nodiscard]] std::int32_t length() const { return get<std::int32_t>(record_ + layout::record::length); }
  [[nodiscard]] std::int32_t type() const { return get<std::int32_t>(record_ + layout::record::type); }
  [[nodiscard]] std::int32_t target() const { return get<std::int32_t>(record_ + layout::record::target); }
  [[nodiscard]] std::uint16_t generation() const {
    return get<std::uint16_t>(record_ + layout::record::generation);
  }
  [[nodiscard]] std::uint16_t flags() const { return get<std::uint16_t>(record_ + layout::record::flags); }
  [[nodiscard]] bool has(int flag) const { return (flags() & flag) != 0; }
  [[nodiscard]] std::int32_t senderId() const {
    return get<std::int32_t>(record_ + layout::record::senderId);
  }
  [[nodiscard]] std::int32_t sequence() const {
    return get<std::int32_t>(record_ + layout::record::sequence);
  }

  /** The record's id, `sender:sequence`: what CAUSE of its consequences says. */
  [[nodiscard]] std::uint64_t id() const {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(senderId()))
            << layout::record::causeSenderShift) |
           static_cast<std::uint32_t>(sequence());
  }

  [[nodiscard]] std::uint64_t correlation() const { return extension(layout::flag::correlation); }
  [[nodiscard]] std::uint64_t replyTo() const { return extension(layout::flag::replyTo); }
  [[nodiscard]] std::uint64_t cause() const { return extension(layout::flag::cause); }
  [[nodiscard]] std::uint64_t trace() const { return extension(layout::flag::trace); }
  /** From which time on the record is not handled; only where it has the flag. */
  [[nodiscard]] std::int64_t expiresNs() const {
    return static_cast<std::int64_t>(extension(layout::flag::expires));
  }

  [[nodiscard]] std::int32_t headerLength() const { return headerLength(flags()); }
  [[nodiscard]] Bytes* payload() const { return record_ + headerLength(); }
  [[nodiscard]] std::int32_t payloadLength() const { return length() - headerLength(); }

  /** Header, envelope and extensions of a record with these flags. */
  static constexpr std::int32_t headerLength(std::uint16_t flags) {
    return layout::record::extensions + layout::record::extensionLength * words(flags & kExtended);
  }

 private:
  static constexpr int kExtended = layout::flag::correlation | layout::flag::replyTo | layout::flag::cause |
                                   layout::flag::trace | layout::flag::expires;
  static_assert(kExtended == 527);

  /** How many of the five flags are set. A call of the run-time library where the machine's popcount is not
   * asked for, this is an instruction or two anywhere. */
  static constexpr int words(int extended) {
    const auto flags = static_cast<unsigned>(extended);
    return static_cast<int>(((0x4332'3221'3221'2110ULL >> (4U * (flags & 15U))) & 15U) + (flags >> 9U));
  }

  /** The extension word of a flag that is set, else 0: extensions lie in the order of their bits. */
  [[nodiscard]] std::uint64_t extension(int flag) const {
    const int set = flags();
    if ((set & flag) == 0) {
      return 0;
    }
    const int before = words(set & kExtended & (flag - 1));
    return get<std::uint64_t>(record_ + layout::record::extensions +
                              layout::record::extensionLength * before);
  }

  Bytes* record_;
};

/** What a record says besides its payload; extension words count only where `flags` names them. */
struct Envelope {
  std::int32_t type = 0;
  Address target;
  std::uint16_t flags = 0;
  std::int32_t senderId = 0;
  std::int32_t sequence = 0;
  std::uint64_t correlation = 0;
  std::uint64_t replyTo = 0;
  std::uint64_t cause = 0;
  std::uint64_t trace = 0;
  std::uint64_t expires = 0;

  [[nodiscard]] std::int32_t recordLength(std::int32_t payloadLength) const {
    return RecordView::headerLength(flags) + payloadLength;
  }

  /** Writes everything but the length; returns where the payload goes. */
  Bytes* encode(Bytes* record) const {
    put(record + layout::record::type, type);
    put(record + layout::record::target, target.index);
    put(record + layout::record::generation, target.generation);
    put(record + layout::record::flags, flags);
    put(record + layout::record::senderId, senderId);
    put(record + layout::record::sequence, sequence);
    Bytes* next = record + layout::record::extensions;
    const auto extension = [&](int flag, std::uint64_t value) {
      if ((flags & flag) != 0) {
        put(next, value);
        next += layout::record::extensionLength;
      }
    };
    extension(layout::flag::correlation, correlation);
    extension(layout::flag::replyTo, replyTo);
    extension(layout::flag::cause, cause);
    extension(layout::flag::trace, trace);
    extension(layout::flag::expires, expires);
    return next;
  }
};

}  // namespace talaria::core
