// N producers, one drainer, one small ring: every record whole, in its producer's order, none lost, none
// twice. Sizes, aborts, ranges and the pace of reclaiming are random. The drainer trusts lengths below head +
// capacity only.
#include <thread>
#include <vector>

#include "handlers/messages.hpp"
#include "memory/ring.hpp"
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using core::Bytes;

namespace {

constexpr std::int32_t kCapacity = 8192;
constexpr std::int32_t kProducers = 3;
constexpr std::int32_t kHeader = layout::record::headerLength;

/** type = producer; payload = stamp, checksum, then `extra` words that repeat the stamp. */
void fill(Bytes* record, std::int32_t producer, std::int64_t stamp, std::int32_t extra) {
  core::put<std::int32_t>(record + layout::record::type, producer);
  core::put<std::int64_t>(record + kHeader, stamp);
  core::put<std::int64_t>(record + kHeader + 8, messages::checksum(stamp));
  for (std::int32_t i = 0; i < extra; i++) {
    core::put<std::int64_t>(record + kHeader + 16 + 8 * i, stamp);
  }
}

void produce(const core::Ring& ring, std::int32_t producer, std::int64_t count, std::uint64_t seed) {
  Random random(seed + static_cast<std::uint64_t>(producer));
  for (std::int64_t stamp = 1; stamp <= count;) {
    const std::int32_t extra = random.below(20);
    const std::int32_t length = kHeader + 16 + 8 * extra;
    const auto rest = static_cast<std::int32_t>(std::min<std::int64_t>(4, count - stamp + 1));
    const std::int32_t records = random.below(4) == 0 ? rest : 1;
    std::int32_t index = ring.claim(length * records);
    while (index < 0) {
      std::this_thread::yield();
      index = ring.claim(length * records);
    }
    if (random.below(50) == 0) {
      ring.abort(index, length * records);
      continue;
    }
    for (std::int32_t i = 0; i < records; i++) {
      Bytes* record = ring.base() + index + i * length;
      fill(record, producer, stamp++, extra);
      if (i != 0) {
        core::put<std::int32_t>(record, length);
      }
    }
    ring.commit(index, length);
  }
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  std::vector<std::int64_t> memory((kCapacity + layout::ring::trailerLength) / 8);
  const core::Ring ring(reinterpret_cast<Bytes*>(memory.data()), kCapacity);
  const std::int64_t each = options.messages / kProducers;
  std::vector<std::thread> producers;
  for (std::int32_t p = 0; p < kProducers; p++) {
    producers.emplace_back(produce, ring, p, each, options.seed);
  }

  std::int64_t last[kProducers] = {};
  std::int64_t position = 0;
  Random random(options.seed);
  for (std::int64_t seen = 0; seen < each * kProducers;) {
    std::int32_t batch = 1 + random.below(64);
    while (batch-- > 0 && position < ring.head() + kCapacity) {
      const std::int32_t index = ring.index(position);
      const std::int32_t length = ring.lengthAt(index);
      if (length <= 0) {
        break;
      }
      const std::int32_t type = ring.typeAt(index);
      if (type != layout::ring::padding) {
        CHECK(type >= 0 && type < kProducers);
        const Bytes* record = ring.base() + index;
        const auto stamp = core::get<std::int64_t>(record + kHeader);
        CHECK_EQUAL(stamp, last[type] + 1);
        CHECK_EQUAL(core::get<std::int64_t>(record + kHeader + 8), messages::checksum(stamp));
        for (std::int32_t at = kHeader + 16; at < length; at += 8) {
          CHECK_EQUAL(core::get<std::int64_t>(record + at), stamp);
        }
        last[type] = stamp;
        seen++;
      }
      position += core::aligned(length);
    }
    if (position == ring.head()) {
      std::this_thread::yield();
    }
    ring.reclaim(position);
  }
  for (std::thread& producer : producers) {
    producer.join();
  }
  // What is left can only be padding (aborts).
  while (position < ring.tail()) {
    CHECK_EQUAL(ring.typeAt(ring.index(position)), layout::ring::padding);
    position += core::aligned(ring.lengthAt(ring.index(position)));
  }
  for (const std::int64_t stamp : last) {
    CHECK_EQUAL(stamp, each);
  }
  return 0;
}
