// Handlers of the behaviour tests, in a library of their own: built by the test set-up as a user's would be.
#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "messages.h"
#include "talaria/handler.h"

namespace {

struct Adder {
  void operator()(const Add& add, talaria::context& c) { c.reply(add, Sum{add.a + add.b}); }
};

/** Expects 1, 2, 3, … of every sender, and never to be run twice at once. */
struct Checker {
  std::vector<int64_t> last;
  std::atomic<bool> running{false};
  Tally tally{};

  void operator()(const Check& check, talaria::context&) {
    tally.overlaps += running.exchange(true) ? 1 : 0;
    const auto sender = static_cast<size_t>(check.sender);
    if (last.size() <= sender) {
      last.resize(sender + 1, 0);
    }
    tally.disorder += check.number == last[sender] + 1 ? 0 : 1;
    last[sender] = check.number;
    tally.damaged += talaria::tail_text(check, check.text) == std::to_string(check.number) ? 0 : 1;
    tally.handled++;
    for (int32_t i = 0; i < check.spins; i++) {
      asm volatile("" : : "r"(i));
    }
    running.store(false);
  }

  void operator()(const HowMany& question, talaria::context& c) { c.reply(question, tally); }
};

/** Odd numbers throw: some a std::exception, some anything else. The count is state, and stays. */
struct Moody {
  int64_t count = 0;

  void operator()(const Ping& ping, talaria::context& c) {
    count++;
    if (ping.number % 4 == 1) {
      throw std::runtime_error("on purpose " + std::to_string(ping.number));
    }
    if (ping.number % 4 == 3) {
      throw ping.number;
    }
    c.reply(ping, Pong{count});
  }
};

/**
 * Each message says in `sender` for whom it is and in `number` which of its sender's it is; a `text` that
 * begins with a minus sign fails. What does not fit is counted.
 */
struct Strict {
  Tally tally{};
  int32_t mine = -1;
  int32_t sender = -1;
  int64_t before = 0;  // the sender's first message in the test

  void operator()(const Check& check, talaria::context& c) {
    if (mine < 0) {
      mine = check.sender;
      sender = c.sender();
      before = c.sequence() - check.number;
    }
    tally.handled++;
    tally.overlaps += check.sender == mine ? 0 : 1;
    tally.disorder += c.sender() == sender && c.sequence() - check.number == before ? 0 : 1;
    const std::string_view text = talaria::tail_text(check, check.text);
    tally.damaged += text.substr(1) == std::to_string(check.number) ? 0 : 1;
    if (text.front() == '-') {
      throw std::runtime_error(std::string(text));
    }
  }

  void operator()(const HowMany& question, talaria::context& c) { c.reply(question, tally); }
};

/** Hands a token back to the address that it carries, with its own in it. */
struct Returner {
  void operator()(const Hop& hop, talaria::context& c) {
    if (hop.left > 0 && c.send(hop.next, Hop{hop.left - 1, {}, c.self()}) != talaria::outcome::accepted) {
      throw std::runtime_error("not accepted");
    }
  }
};

struct FailsToBegin {
  FailsToBegin() { throw std::runtime_error("no beginning, on purpose"); }
  void operator()(const Ping&, talaria::context&) {}
};

/** The same name as Ping, another layout. */
struct alignas(8) OtherPing {
  static constexpr int32_t schema_id = 4711;
  static constexpr const char* schema_name = "org.talaria.tests.messages.Ping";
  static constexpr const char* schema_layout = "number:i32@0#8";
  static constexpr int32_t fixed_length = 8;
  int64_t number;
};

struct Stranger {
  void operator()(const OtherPing&, talaria::context&) {}
};

struct Later {
  void operator()(const Ping&, talaria::context&) {}
};

/** 1 comes back when another one of these, of this library, has had 2. */
struct Held {
  static inline std::atomic<bool> released{false};

  void operator()(const Note& note, talaria::context&) {
    if (note.number == 2) {
      released.store(true);
    }
    while (note.number == 1 && !released.exchange(false)) {
    }
  }
};

}  // namespace

TALARIA_HANDLER(adder, Adder, Add)
TALARIA_HANDLER(checker, Checker, Check, HowMany)
TALARIA_HANDLER(strict, Strict, Check, HowMany)
TALARIA_HANDLER(moody, Moody, Ping)
TALARIA_HANDLER(returner, Returner, Hop)
TALARIA_HANDLER(fails_to_begin, FailsToBegin, Ping)
TALARIA_HANDLER(stranger, Stranger, OtherPing)
TALARIA_HANDLER(held, Held, Note)

// Descriptors of other releases: one of another version, one of another memory layout.
extern "C" __attribute__((visibility("default"))) const talaria_handler_descriptor*
talaria_handler_of_next_year() {
  static talaria_handler_descriptor it =
      *talaria::detail::handler_of<Later, Ping>::descriptor("of_next_year");
  it.abi_version = TALARIA_HANDLER_ABI + 1;
  return &it;
}

extern "C" __attribute__((visibility("default"))) const talaria_handler_descriptor*
talaria_handler_of_another_layout() {
  static talaria_handler_descriptor it =
      *talaria::detail::handler_of<Later, Ping>::descriptor("of_another_layout");
  it.layout_hash ^= 1;
  return &it;
}
