// N producers, one drainer, one small ring: every record whole, in its producer's order, none lost, none
// twice. Sizes, aborts, ranges and the pace of reclaiming are random. The drainer trusts lengths below head +
// capacity only. Then ranges alone, with a drainer that stands right at the head.
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

struct Memory {
  explicit Memory(std::int32_t capacity)
      : words(static_cast<std::size_t>((capacity + layout::ring::trailerLength) / 8)),
        ring(reinterpret_cast<Bytes*>(words.data()), capacity) {}
  std::vector<std::int64_t> words;
  core::Ring ring;
};

/** type = producer; payload = stamp, checksum, then `extra` words that repeat the stamp. */
void fill(Bytes* record, std::int32_t producer, std::int64_t stamp, std::int32_t extra) {
  core::put<std::int32_t>(record + layout::record::type, producer);
  core::put<std::int64_t>(record + kHeader, stamp);
  core::put<std::int64_t>(record + kHeader + 8, messages::checksum(stamp));
  for (std::int32_t i = 0; i < extra; i++) {
    core::put<std::int64_t>(record + kHeader + 16 + 8 * i, stamp);
  }
}

std::int32_t claim(const core::Ring& ring, std::int32_t bytes) {
  for (;;) {
    const std::int32_t index = ring.claim(bytes);
    if (index >= 0) {
      return index;
    }
    std::this_thread::yield();
  }
}

void produce(const core::Ring& ring, std::int32_t producer, std::int64_t count, std::uint64_t seed) {
  Random random(seed + static_cast<std::uint64_t>(producer));
  std::vector<Bytes> range(kCapacity);
  for (std::int64_t stamp = 1; stamp <= count;) {
    const std::int32_t extra = random.below(20);
    const std::int32_t length = kHeader + 16 + 8 * extra;
    const auto rest = static_cast<std::int32_t>(std::min<std::int64_t>(4, count - stamp + 1));
    const std::int32_t records = random.below(4) == 0 ? rest : 1;
    const std::int32_t index = claim(ring, length * records);
    if (random.below(50) == 0) {
      ring.abort(index, length * records);
      continue;
    }
    // Written where they lie, as Java's batches, or copied as a range, as a handler's sends.
    const bool copied = random.below(2) == 0;
    Bytes* first = copied ? range.data() : ring.base() + index;
    for (std::int32_t i = 0; i < records; i++) {
      fill(first + i * length, producer, stamp++, extra);
      if (i != 0 || copied) {
        core::put<std::int32_t>(first + i * length, length);
      }
    }
    if (copied) {
      ring.commitRange(index, range.data(), length * records);
    } else {
      ring.commit(index, length);
    }
  }
}

void checkRecord(const Bytes* record, std::int32_t length, std::int64_t stamp) {
  CHECK_EQUAL(core::get<std::int64_t>(record + kHeader), stamp);
  CHECK_EQUAL(core::get<std::int64_t>(record + kHeader + 8), messages::checksum(stamp));
  for (std::int32_t at = kHeader + 16; at < length; at += 8) {
    CHECK_EQUAL(core::get<std::int64_t>(record + at), stamp);
  }
}

/** Everything at random. */
void mixed(std::int64_t messages, std::uint64_t seed) {
  const Memory memory(kCapacity);
  const core::Ring ring = memory.ring;
  const std::int64_t each = messages / kProducers + 1;
  std::vector<std::thread> producers;
  for (std::int32_t p = 0; p < kProducers; p++) {
    producers.emplace_back(produce, ring, p, each, seed);
  }
  std::int64_t last[kProducers] = {};
  std::int64_t position = 0;
  Random random(seed);
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
        checkRecord(ring.base() + index, length, ++last[type]);
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
  // accepted = handled, and in flight can only be padding (aborts).
  while (position < ring.tail()) {
    CHECK_EQUAL(ring.typeAt(ring.index(position)), layout::ring::padding);
    position += core::aligned(ring.lengthAt(ring.index(position)));
  }
  for (const std::int64_t stamp : last) {
    CHECK_EQUAL(stamp, each);
  }
}

constexpr std::int32_t kRangeRecords = 16;
constexpr std::int32_t kRecordBytes = 256;
constexpr std::int32_t kRangeBytes = kRangeRecords * kRecordBytes;

/**
 * RING-4: the drainer waits at the first length of a range and reads its last record in the same moment; a
 * first length that comes before the rest shows bytes that are not there yet.
 */
void atTheHead(std::int64_t messages) {
  const Memory memory(16 * kRangeBytes);
  const core::Ring ring = memory.ring;
  const std::int64_t ranges = messages / kRangeRecords + 1;
  std::thread producer([&] {
    std::vector<Bytes> range(kRangeBytes);
    for (std::int64_t r = 0; r < ranges; r++) {
      for (std::int32_t i = 0; i < kRangeRecords; i++) {
        Bytes* record = range.data() + i * kRecordBytes;
        fill(record, i, r * kRangeRecords + i + 1, (kRecordBytes - kHeader - 16) / 8);
        core::put<std::int32_t>(record, kRecordBytes);
      }
      ring.commitRange(claim(ring, kRangeBytes), range.data(), kRangeBytes);
    }
  });
  std::int64_t position = 0;
  for (std::int64_t r = 0; r < ranges; r++, position += kRangeBytes) {
    const Bytes* first = ring.at(position);
    for (std::int32_t i = 1; ring.lengthAt(ring.index(position)) <= 0; i++) {
      if (i % 4096 == 0) {
        std::this_thread::yield();  // there may be more threads than cores
      }
    }
    for (std::int32_t i = kRangeRecords - 1; i >= 0; i--) {
      const Bytes* record = first + i * kRecordBytes;
      const std::int64_t stamp = r * kRangeRecords + i + 1;
      CHECK_EQUAL(core::get<std::int64_t>(record + kRecordBytes - 8), stamp);
      CHECK_EQUAL(core::get<std::int64_t>(record + kHeader + 8), messages::checksum(stamp));
      CHECK_EQUAL(ring.lengthAt(ring.index(position) + i * kRecordBytes), kRecordBytes);
      CHECK_EQUAL(core::get<std::int32_t>(record + layout::record::type), i);
    }
    ring.reclaim(position + kRangeBytes);
  }
  producer.join();
  CHECK_EQUAL(ring.tail(), position);
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  const std::int64_t ranges = options.messages / 8;
  atTheHead(ranges);
  mixed(options.messages - ranges, options.seed);
  return 0;
}
