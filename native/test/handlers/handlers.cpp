// Handlers of the tests, in a library of their own: loaded as an application's would be.
#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "messages.hpp"
#include "talaria/handler.h"

using namespace messages;

namespace {

struct Counters {
  std::atomic<int64_t> handled{0};
  std::atomic<int64_t> disorder{0};
  std::atomic<int64_t> overlaps{0};
  std::atomic<int64_t> corrupt{0};
  std::atomic<int64_t> refused{0};
  std::atomic<int64_t> sent{0};
};
Counters counters;

/** Watches one endpoint: never run twice at once, every sender's numbers strictly rising. */
class Watch {
 public:
  void enter(const talaria::context& c) {
    if (running_.exchange(true)) {
      counters.overlaps++;
    }
    const auto sender = static_cast<size_t>(c.sender());
    if (last_.size() <= sender) {
      last_.resize(sender + 1, 0);
    }
    if (c.sequence() <= last_[sender]) {
      counters.disorder++;
    }
    last_[sender] = c.sequence();
    counters.handled.fetch_add(1, std::memory_order_relaxed);
  }
  void leave() { running_.store(false); }

 private:
  std::atomic<bool> running_{false};
  std::vector<int32_t> last_;
};

struct Checker {
  Watch watch;
  int64_t burnt = 0;

  void operator()(const Work& work, talaria::context& c) {
    watch.enter(c);
    if (work.check != checksum(work.stamp)) {
      counters.corrupt++;
    }
    for (int32_t i = 0; i < work.cost; i++) {
      burnt += work.stamp ^ i;
      asm volatile("" : "+r"(burnt));
    }
    watch.leave();
  }
};

struct Hopper {
  Watch watch;

  void operator()(const Hop& hop, talaria::context& c) {
    watch.enter(c);
    if (hop.ttl > 0) {
      const auto self = static_cast<int32_t>(c.self().bits);
      const int32_t next = hop.first + (self - hop.first + 1) % hop.endpoints;
      const talaria::address to{static_cast<uint32_t>(next) | (c.self().bits >> 32 << 32)};
      for (int32_t i = 0; i < hop.fanOut; i++) {
        Hop on = hop;
        on.ttl--;
        const bool sent = c.send(to, on) == talaria::outcome::accepted;
        (sent ? counters.sent : counters.refused).fetch_add(1, std::memory_order_relaxed);
      }
    }
    watch.leave();
  }
};

/** Answers, throws, and has a state to show. */
struct Adder {
  double total = 0;
  int64_t lastNow = 0;

  void operator()(const Add& add, talaria::context& c) {
    total += add.a + add.b;
    lastNow = c.now_ns();
    c.reply(add, Sum{add.a + add.b});
  }
  void operator()(const Repeat& repeat, talaria::context& c) {
    std::string text;
    for (int32_t i = 0; i < repeat.times; i++) {
      text += talaria::tail_text(repeat, repeat.text);
    }
    talaria::builder<Text> answer;
    answer.put(&Text::text, text);
    c.reply(repeat, answer);
  }
  void operator()(const Boom& boom, talaria::context&) {
    throw std::runtime_error("boom " + std::to_string(boom.code));
  }
  void snapshot(talaria::snapshot_writer& writer) const {
    writer.put(total);
    writer.put(lastNow);
  }
};

struct Unmakeable {
  Unmakeable() { throw std::runtime_error("no instance of this"); }
  void operator()(const Add&, talaria::context&) {}
};

}  // namespace

TALARIA_HANDLER(checker, Checker, Work)
TALARIA_HANDLER(hopper, Hopper, Hop)
TALARIA_HANDLER(adder, Adder, Add, Repeat, Boom)
TALARIA_HANDLER(unmakeable, Unmakeable, Add)

extern "C" __attribute__((visibility("default"))) void test_observed(Observed* to) {
  *to = {counters.handled, counters.disorder, counters.overlaps,
         counters.corrupt, counters.refused,  counters.sent};
}
