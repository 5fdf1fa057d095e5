// The harness of the native tests: CHECK ends the process with what failed; a test is a program.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#define CHECK(condition)                                                          \
  do {                                                                            \
    if (!(condition)) {                                                           \
      std::fprintf(stderr, "%s:%d: CHECK(%s)\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                                               \
    }                                                                             \
  } while (false)

#define CHECK_EQUAL(actual, expected)                                                             \
  do {                                                                                            \
    const auto actual_ = static_cast<long long>(actual);                                          \
    const auto expected_ = static_cast<long long>(expected);                                      \
    if (actual_ != expected_) {                                                                   \
      std::fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #actual, actual_, \
                   expected_);                                                                    \
      std::exit(1);                                                                               \
    }                                                                                             \
  } while (false)

namespace talaria::test {

/** Options that every stress test takes: --messages N --seed S. Prints the seed, so that a red run can be
 * repeated. */
struct Options {
  std::int64_t messages = 1'000'000;
  std::uint64_t seed = static_cast<std::uint64_t>(std::time(nullptr));

  Options(int count, char** values) {
    for (int i = 1; i + 1 < count; i += 2) {
      if (std::strcmp(values[i], "--messages") == 0) {
        messages = std::atoll(values[i + 1]);
      } else if (std::strcmp(values[i], "--seed") == 0) {
        seed = std::strtoull(values[i + 1], nullptr, 10);
      }
    }
    std::printf("%s --messages %lld --seed %llu\n", values[0], static_cast<long long>(messages),
                static_cast<unsigned long long>(seed));
    std::fflush(stdout);
  }
};

/** xorshift64*: seeded, one a thread. */
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1DU;
  }
  std::int32_t below(std::int32_t bound) {
    return static_cast<std::int32_t>((next() >> 33) % static_cast<std::uint64_t>(bound));
  }

 private:
  std::uint64_t state_;
};

}  // namespace talaria::test
