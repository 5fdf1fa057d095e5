// The layout hash of docs/layout.md: FNV-1a, 64 bits, over `group.name=value;` for every line of
// TALARIA_LAYOUT (layout.hpp).
#pragma once

#include <cstdint>
#include <string_view>

#include "memory/layout.hpp"

namespace talaria::layout {

#define TALARIA_LAYOUT_TEXT(group, name, value) #group "." #name "=" #value ";"
/** What is hashed; tells which side differs when two hashes do. */
inline constexpr char kText[] = TALARIA_LAYOUT(TALARIA_LAYOUT_TEXT);
#undef TALARIA_LAYOUT_TEXT

constexpr std::int64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return static_cast<std::int64_t>(hash);
}

inline constexpr std::int64_t kHash = fnv1a(kText);

}  // namespace talaria::layout
