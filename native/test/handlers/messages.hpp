// Messages of the tests, in the shape that the generator writes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "talaria/message.h"

namespace messages {

/** One unit of work: stamped by its sender, with a checksum over the stamp. */
struct Work {
  static constexpr int32_t schema_id = 2001;
  static constexpr const char* schema_name = "test.Work";
  static constexpr const char* schema_layout = "stamp:i64@0;check:i64@8;cost:i32@16#24";
  static constexpr int32_t fixed_length = 24;
  int64_t stamp;
  int64_t check;
  int32_t cost;
  int32_t pad_;
};
static_assert(sizeof(Work) == 24 && offsetof(Work, check) == 8 && offsetof(Work, cost) == 16);

/** Goes round a cycle of endpoints: each sends `fanOut` on to the next until `ttl` is used up. */
struct Hop {
  static constexpr int32_t schema_id = 2002;
  static constexpr const char* schema_name = "test.Hop";
  static constexpr const char* schema_layout = "ttl:i32@0;endpoints:i32@4;fanOut:i32@8;first:i32@12#16";
  static constexpr int32_t fixed_length = 16;
  int32_t ttl;
  int32_t endpoints;
  int32_t fanOut;
  int32_t first;
};
static_assert(sizeof(Hop) == 16);

struct Add {
  static constexpr int32_t schema_id = 2003;
  static constexpr const char* schema_name = "test.Add";
  static constexpr const char* schema_layout = "a:f64@0;b:f64@8#16";
  static constexpr int32_t fixed_length = 16;
  double a;
  double b;
};

struct Sum {
  static constexpr int32_t schema_id = 2004;
  static constexpr const char* schema_name = "test.Sum";
  static constexpr const char* schema_layout = "value:f64@0#8";
  static constexpr int32_t fixed_length = 8;
  double value;
};

/** Text in, `times` times the text out. */
struct Repeat {
  static constexpr int32_t schema_id = 2005;
  static constexpr const char* schema_name = "test.Repeat";
  static constexpr const char* schema_layout = "times:i32@0;text:str@4#16";
  static constexpr int32_t fixed_length = 12;
  int32_t times;
  talaria::tail text;
  int32_t pad_;
};
static_assert(sizeof(Repeat) == 16 && offsetof(Repeat, text) == 4);

struct Text {
  static constexpr int32_t schema_id = 2006;
  static constexpr const char* schema_name = "test.Text";
  static constexpr const char* schema_layout = "text:str@0#8";
  static constexpr int32_t fixed_length = 8;
  talaria::tail text;
};

/** The handler throws. */
struct Boom {
  static constexpr int32_t schema_id = 2007;
  static constexpr const char* schema_name = "test.Boom";
  static constexpr const char* schema_layout = "code:i32@0#8";
  static constexpr int32_t fixed_length = 8;
  int32_t code;
  int32_t pad_;
};

inline int64_t checksum(int64_t stamp) {
  return static_cast<int64_t>(static_cast<uint64_t>(stamp) * 0x9E3779B97F4A7C15U + 17);
}

/** What the handlers of the library saw; exported as `test_observed`. */
struct Observed {
  int64_t handled;
  int64_t disorder;  // a sequence that did not rise
  int64_t overlaps;  // two runs of one endpoint at once
  int64_t corrupt;   // a checksum that did not match
  int64_t refused;   // sends that were not accepted
  int64_t sent;
};

}  // namespace messages
