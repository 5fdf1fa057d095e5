// Layout, ring, record and home word.
#include <string>
#include <vector>

#include "memory/layout_hash.hpp"
#include "memory/record.hpp"
#include "support/check.hpp"
#include "talaria/handler_abi.h"
#include "talaria/talaria.h"

using namespace talaria;
using namespace talaria::core;

namespace {

constexpr std::int32_t kCapacity = 1024;

struct Memory {
  alignas(64) Bytes bytes[kCapacity + layout::ring::trailerLength] = {};
  Ring ring{bytes, kCapacity};
  [[nodiscard]] std::int64_t trailer(std::int32_t offset) const {
    return get<std::int64_t>(bytes + kCapacity + offset);
  }
};

void hashIsOfTheText() {
  CHECK(std::string(talaria_layout_text()) == layout::kText);
  CHECK_EQUAL(talaria_layout_hash(), layout::fnv1a(talaria_layout_text()));
  std::printf("layout hash %lld\n", static_cast<long long>(layout::kHash));
  CHECK_EQUAL(layout::kHash, TALARIA_LAYOUT_HASH);
  CHECK_EQUAL(layout::fnv1a("a"), static_cast<std::int64_t>(0xaf63dc4c8601ec8cU));  // a published test vector
}

void claimsFollowEachOther() {
  Memory memory;
  CHECK_EQUAL(memory.ring.claim(64), 0);
  CHECK_EQUAL(memory.ring.lengthAt(0), 0);
  CHECK_EQUAL(memory.ring.claim(32), 64);
  CHECK_EQUAL(memory.trailer(layout::ring::tail), 96);
  memory.ring.commit(0, 60);
  CHECK_EQUAL(memory.ring.lengthAt(0), 60);
}

void aClaimThatDoesNotFitBeforeTheEndPadsTheRest() {
  Memory memory;
  CHECK_EQUAL(memory.ring.claim(1000), 0);
  memory.ring.commit(0, 1000);
  memory.ring.reclaim(1000);
  CHECK_EQUAL(memory.ring.lengthAt(0), 0);
  CHECK_EQUAL(memory.ring.claim(32), 0);
  CHECK_EQUAL(memory.ring.typeAt(1000), layout::ring::padding);
  CHECK_EQUAL(memory.ring.lengthAt(1000), 24);
  CHECK_EQUAL(memory.ring.tail(), 1056);
}

void aFailedClaimPadsTheEndAsAgronaDoes() {
  Memory memory;
  CHECK_EQUAL(memory.ring.claim(16), 0);
  memory.ring.commit(0, 16);
  memory.ring.reclaim(16);
  CHECK_EQUAL(memory.ring.claim(984),
              16);  // the tail is 24 bytes before the end, the head 16 bytes behind the start
  CHECK_EQUAL(memory.ring.claim(32), Ring::kFullPadded);
  CHECK_EQUAL(memory.ring.tail(), 1024);
  CHECK_EQUAL(memory.ring.lengthAt(1000), 24);
  CHECK_EQUAL(memory.ring.typeAt(1000), layout::ring::padding);
  CHECK_EQUAL(memory.ring.claim(32), Ring::kFull);
  CHECK_EQUAL(memory.ring.claim(16), 0);
  CHECK_EQUAL(memory.ring.claim(8), Ring::kFull);
}

void aFullRingRefusesUntilItIsReclaimed() {
  Memory memory;
  for (int i = 0; i < kCapacity / 64; i++) {
    CHECK_EQUAL(memory.ring.claim(64), i * 64);
    memory.ring.commit(i * 64, 64);
  }
  CHECK_EQUAL(memory.ring.claim(8), Ring::kFull);
  memory.ring.reclaim(64);
  CHECK_EQUAL(memory.trailer(layout::ring::head), 64);
  CHECK_EQUAL(memory.ring.claim(72), Ring::kFull);
  CHECK_EQUAL(memory.ring.claim(64), 0);
  CHECK_EQUAL(memory.trailer(layout::ring::headCache), 64);
}

void anAbortedClaimIsPadding() {
  Memory memory;
  const std::int32_t index = memory.ring.claim(40);
  memory.ring.abort(index, 40);
  CHECK_EQUAL(memory.ring.lengthAt(index), 40);
  CHECK_EQUAL(memory.ring.typeAt(index), layout::ring::padding);
}

void reclaimZeroesAcrossTheEnd() {
  Memory memory;
  CHECK_EQUAL(memory.ring.claim(1000), 0);
  memory.ring.commit(0, 1000);
  memory.ring.reclaim(1000);
  CHECK_EQUAL(memory.ring.claim(24), 1000);
  CHECK_EQUAL(memory.ring.claim(48), 0);
  memory.ring.commit(1000, 24);
  memory.ring.commit(0, 48);
  memory.ring.reclaim(1072);
  for (int i = 0; i < kCapacity; i++) {
    CHECK_EQUAL(memory.bytes[i], 0);
  }
}

void recordsRoundTripWithEveryExtension() {
  for (std::uint16_t flags = 0; flags < 64; flags++) {
    alignas(8) Bytes bytes[256] = {};
    const Envelope envelope{.type = 4711,
                            .target = {123456, 65535},
                            .flags = flags,
                            .senderId = -7,
                            .sequence = 2147483647,
                            .correlation = 0x1111111111111111,
                            .replyTo = 0x2222222222222222,
                            .cause = 0x3333333333333333,
                            .trace = 0x4444444444444444};
    Bytes* payload = envelope.encode(bytes);
    put(bytes, envelope.recordLength(16));
    const RecordView record(bytes);
    CHECK(record.payload() == payload);
    CHECK_EQUAL(record.payloadLength(), 16);
    CHECK_EQUAL(record.type(), 4711);
    CHECK_EQUAL(record.target(), 123456);
    CHECK_EQUAL(record.generation(), 65535);
    CHECK_EQUAL(record.flags(), flags);
    CHECK(record.id() == ((static_cast<std::uint64_t>(0xfffffff9U) << 32) | 2147483647U));
    CHECK(record.correlation() == ((flags & layout::flag::correlation) != 0 ? envelope.correlation : 0));
    CHECK(record.replyTo() == ((flags & layout::flag::replyTo) != 0 ? envelope.replyTo : 0));
    CHECK(record.cause() == ((flags & layout::flag::cause) != 0 ? envelope.cause : 0));
    CHECK(record.trace() == ((flags & layout::flag::trace) != 0 ? envelope.trace : 0));
  }
}

void homeWordsKeepTheirParts() {
  const Home home = Home::of(1023, 65535, layout::homeState::live, layout::policy::dropOldest, true);
  CHECK_EQUAL(home.shard(), 1023);
  CHECK_EQUAL(home.generation(), 65535);
  CHECK_EQUAL(home.state(), layout::homeState::live);
  CHECK_EQUAL(home.policy(), layout::policy::dropOldest);
  CHECK(home.bounded());
  CHECK(home.handles(65535));
  CHECK(!home.handles(1));
  CHECK(Home::of(0, 1, layout::homeState::closed).handles(1));
  CHECK(!Home::of(0, 1, layout::homeState::stopped).handles(1));
  CHECK_EQUAL(Address::of(Address{77, 9}.bits()).index, 77);
  CHECK_EQUAL(Address::of(Address{77, 9}.bits()).generation, 9);
}

}  // namespace

int main() {
  hashIsOfTheText();
  claimsFollowEachOther();
  aClaimThatDoesNotFitBeforeTheEndPadsTheRest();
  aFailedClaimPadsTheEndAsAgronaDoes();
  aFullRingRefusesUntilItIsReclaimed();
  anAbortedClaimIsPadding();
  reclaimZeroesAcrossTheEnd();
  recordsRoundTripWithEveryExtension();
  homeWordsKeepTheirParts();
  return 0;
}
