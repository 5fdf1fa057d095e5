// The home word (R15): shard, generation and state of an endpoint in one 64-bit word.
#pragma once

#include "memory/atomics.hpp"
#include "memory/layout.hpp"

namespace talaria::core {

/** A value read from a row; compare whole words to learn whether anything about an endpoint changed. */
struct Home {
  std::uint64_t bits = 0;

  static constexpr Home of(std::int32_t shard, std::uint16_t generation, int state,
                           int policy = layout::policy::block, bool bounded = false, bool displaces = false) {
    return Home{static_cast<std::uint32_t>(shard) |
                (static_cast<std::uint64_t>(generation) << layout::home::generationShift) |
                (static_cast<std::uint64_t>(state) << layout::home::stateShift) |
                (static_cast<std::uint64_t>(policy) << layout::home::policyShift) |
                (static_cast<std::uint64_t>(bounded ? 1 : 0) << layout::home::boundedShift) |
                (static_cast<std::uint64_t>(displaces ? 1 : 0) << layout::home::displacesShift)};
  }

  [[nodiscard]] constexpr std::int32_t shard() const { return static_cast<std::int32_t>(bits); }
  /** The same endpoint on another shard. */
  [[nodiscard]] constexpr Home on(std::int32_t shard) const {
    return Home{(bits & ~std::uint64_t{0xffffffff}) | static_cast<std::uint32_t>(shard)};
  }
  [[nodiscard]] constexpr std::uint16_t generation() const {
    return static_cast<std::uint16_t>(bits >> layout::home::generationShift);
  }
  [[nodiscard]] constexpr int state() const {
    return static_cast<int>(bits >> layout::home::stateShift) & 15;
  }
  [[nodiscard]] constexpr int policy() const {
    return static_cast<int>(bits >> layout::home::policyShift) & 15;
  }
  [[nodiscard]] constexpr bool bounded() const { return ((bits >> layout::home::boundedShift) & 1) != 0; }
  /** It is counted how many messages wait. */
  [[nodiscard]] constexpr bool counted() const { return bounded() || displaces(); }
  /** Messages of some priority displace older ones (DROP_OLDEST). */
  [[nodiscard]] constexpr bool displaces() const { return ((bits >> layout::home::displacesShift) & 1) != 0; }

  /** R15: a record for this generation may be handled. CLOSED: the engine is closing, what was accepted is
   * still handled. */
  [[nodiscard]] constexpr bool handles(std::uint16_t generation) const {
    return this->generation() == generation &&
           (state() == layout::homeState::live || state() == layout::homeState::closed);
  }
};

/** An endpoint's address: index in bits 0-31, generation in bits 32-47 (REPLY_TO and message fields). */
struct Address {
  std::int32_t index = 0;
  std::uint16_t generation = 0;

  static constexpr Address of(std::uint64_t bits) {
    return {static_cast<std::int32_t>(bits),
            static_cast<std::uint16_t>(bits >> layout::address::generationShift)};
  }
  [[nodiscard]] constexpr std::uint64_t bits() const {
    return static_cast<std::uint32_t>(index) |
           (static_cast<std::uint64_t>(generation) << layout::address::generationShift);
  }
};

}  // namespace talaria::core
