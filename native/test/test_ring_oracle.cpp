// The C++ side of the ring oracle: does with a Ring what a trace says was done with Agrona's class, and
// compares the bytes behind each step with Agrona's.
//
//   test_ring_oracle FILE    a trace as org.talaria.tests.ring.AgronaTrace writes it (its comment has the
//   format);
//                            the tests of the module `tests` feed random ones, ctest the one in
//                            native/test/data
//
// Compared: the data, the tail, the head. Not compared: the cached head, which Agrona leaves where a claim
// fails and we refresh. One difference is meant: Agrona marks an open claim with its negative length, here it
// reads 0 until it is committed (RING-4 holds with either), and is required to read 0.
#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "memory/ring.hpp"
#include "support/check.hpp"

using namespace talaria;
using namespace talaria::core;

namespace {

constexpr std::int32_t kHeader = layout::record::headerLength;

/** Where the trace is, for whoever reads what failed. */
struct Place {
  int line = 0;
  std::string text;

  void require(bool holds, const std::string& what) const {
    if (!holds) {
      std::fprintf(stderr, "line %d of the trace, \"%.60s\": %s\n", line, text.c_str(), what.c_str());
      std::exit(1);
    }
  }
  void equal(std::int64_t ours, std::int64_t theirs, const std::string& what) const {
    require(ours == theirs, what + ": ours " + std::to_string(ours) + ", Agrona's " + std::to_string(theirs));
  }
};

/** Our ring, and Agrona's as the trace tells it. */
class Twins {
 public:
  Twins(std::int32_t capacity, std::int64_t position)
      : words_(static_cast<std::size_t>((capacity + layout::ring::trailerLength) / 8)),
        theirs_(static_cast<std::size_t>(capacity)),
        ring_(reinterpret_cast<Bytes*>(words_.data()), capacity) {
    for (const std::int32_t offset : {layout::ring::tail, layout::ring::headCache, layout::ring::head}) {
      put(ring_.base() + capacity + offset, position);
    }
  }

  void step(std::istringstream& in, const Place& place) {
    std::string kind;
    in >> kind;
    if (kind == "claim") {
      claim(in, place);
    } else if (kind == "commit") {
      commit(in);
    } else if (kind == "abort") {
      abort(in);
    } else if (kind == "range") {
      range(in, place);
    } else {
      place.require(kind == "read", "no step");
      read(in, place);
    }
    change(in, place);
    compare(place);
  }

 private:
  void claim(std::istringstream& in, const Place& place) {
    std::int32_t length = 0;
    std::int32_t index = 0;
    in >> length >> index;
    const std::int32_t ours = ring_.claim(aligned(length));
    place.equal(ours < 0 ? -1 : ours, index, "claimed index");
    if (index >= 0) {
      open_.insert({index, length});
    }
  }

  /** Payload of a type, as the trace's writer has it. */
  static void fill(Bytes* record, std::int32_t type, std::int32_t length) {
    put(record + layout::record::type, type);
    for (std::int32_t i = 0; i < length - kHeader; i++) {
      put(record + kHeader + i, static_cast<std::uint8_t>(type * 31 + i * 7));
    }
  }

  /** Written where it lies, or copied as a range of one. */
  void commit(std::istringstream& in) {
    std::int32_t index = 0;
    std::int32_t type = 0;
    in >> index >> type;
    const std::int32_t length = take(index);
    if (type % 2 == 0) {
      fill(ring_.base() + index, type, length);
      ring_.commit(index, length);
    } else {
      std::vector<Bytes> copy(static_cast<std::size_t>(aligned(length)));
      put(copy.data(), length);
      fill(copy.data(), type, length);
      ring_.commitRange(index, copy.data(), aligned(length));
    }
  }

  void abort(std::istringstream& in) {
    std::int32_t index = 0;
    in >> index;
    ring_.abort(index, take(index));
  }

  std::int32_t take(std::int32_t index) {
    const std::int32_t length = open_.at(index);
    open_.erase(index);
    return length;
  }

  /** Several records claimed and published at once: for Agrona so many claims, one behind the other. */
  void range(std::istringstream& in, const Place& place) {
    std::int32_t index = 0;
    std::int32_t count = 0;
    in >> index >> count;
    std::vector<Bytes> copy(static_cast<std::size_t>(ring_.capacity()));
    std::int32_t bytes = 0;
    for (std::int32_t i = 0; i < count; i++) {
      std::int32_t type = 0;
      std::int32_t length = 0;
      in >> type >> length;
      put(copy.data() + bytes, length);
      fill(copy.data() + bytes, type, length);
      bytes += aligned(length);
    }
    place.equal(ring_.claim(bytes), index, "claimed index");
    ring_.commitRange(index, copy.data(), bytes);
  }

  /**
   * As a drainer does: committed records from the head on, then reclaims. With a limit as far as Agrona's
   * reader goes, to the end of the memory at most; without (0) across that end, where Agrona's was called
   * again.
   */
  void read(std::istringstream& in, const Place& place) {
    std::int32_t limit = 0;
    std::int32_t count = 0;
    in >> limit >> count;
    const std::int64_t head = ring_.head();
    const std::int64_t last = limit == 0 ? ring_.tail() : head + ring_.capacity() - ring_.index(head);
    const std::int64_t end = std::min(ring_.tail(), last);
    std::int64_t position = head;
    std::int32_t records = 0;
    while (position < end && (limit == 0 || records < limit)) {
      const std::int32_t index = ring_.index(position);
      const std::int32_t length = ring_.lengthAt(index);
      if (length <= 0) {
        break;
      }
      records += ring_.typeAt(index) != layout::ring::padding ? 1 : 0;
      position += aligned(length);
    }
    ring_.reclaim(position);
    place.equal(records, count, "records read");
  }

  /** What the step changed in Agrona's ring: OFFSET:BYTES as hexadecimal digits, OFFSET*N zeroes. */
  void change(std::istringstream& in, const Place& place) {
    std::string word;
    in >> word >> theirTail_ >> theirHead_;
    place.require(word == "|" && !in.fail(), "no tail and head");
    while (in >> word) {
      std::size_t end = 0;
      auto at = static_cast<std::size_t>(std::stol(word, &end));
      if (word[end] == '*') {
        const auto zeroes = static_cast<std::size_t>(std::stol(word.substr(end + 1)));
        place.require(at + zeroes <= theirs_.size(), "zeroes behind the end");
        std::fill_n(theirs_.begin() + static_cast<std::ptrdiff_t>(at), zeroes, Bytes{});
      } else {
        place.require(at + (word.size() - end - 1) / 2 <= theirs_.size(), "bytes behind the end");
        for (std::size_t i = end + 1; i + 1 < word.size(); i += 2) {
          put(&theirs_[at++], static_cast<std::uint8_t>(std::stoi(word.substr(i, 2), nullptr, 16)));
        }
      }
    }
  }

  void compare(const Place& place) const {
    std::vector<Bytes> expected = theirs_;
    for (const auto& claim : open_) {
      put<std::int64_t>(&expected[static_cast<std::size_t>(claim.first)], 0);
    }
    if (std::memcmp(ring_.base(), expected.data(), expected.size()) != 0) {
      const auto at = std::mismatch(expected.begin(), expected.end(), ring_.base()).first - expected.begin();
      const auto word = static_cast<std::size_t>(at) / 8 * 8;
      place.equal(get<std::int64_t>(ring_.base() + word), get<std::int64_t>(&expected[word]),
                  "word " + std::to_string(word));
    }
    place.equal(ring_.tail(), theirTail_, "tail");
    place.equal(ring_.head(), theirHead_, "head");
  }

  std::vector<std::int64_t> words_;
  std::vector<Bytes> theirs_;
  std::int64_t theirTail_ = 0;
  std::int64_t theirHead_ = 0;
  Ring ring_;
  /** Length by index of what is claimed and not committed. */
  std::map<std::int32_t, std::int32_t> open_;
};

}  // namespace

int main(int count, char** values) {
  CHECK(count == 2);
  std::ifstream file(values[1]);
  CHECK(file.is_open());
  Place place;
  std::unique_ptr<Twins> twins;
  int rings = 0;
  int steps = 0;
  while (std::getline(file, place.text)) {
    place.line++;
    std::istringstream in(place.text);
    if (place.text.starts_with("ring ")) {
      std::int32_t capacity = 0;
      std::int64_t position = 0;
      in.ignore(5);
      in >> capacity >> position;
      place.require(!in.fail(), "no capacity and position");
      twins = std::make_unique<Twins>(capacity, position);
      rings++;
    } else if (!place.text.starts_with("#")) {
      place.require(twins != nullptr, "no ring yet");
      twins->step(in, place);
      steps++;
    }
  }
  CHECK(file.eof());
  std::printf("%d steps on %d rings, as Agrona\n", steps, rings);
  // A trace that was cut off, or is of another format, proves nothing.
  CHECK(rings > 0 && steps > 100 * rings);
  return 0;
}
