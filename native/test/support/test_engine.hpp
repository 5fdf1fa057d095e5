// An engine over a TestRegion, with worker threads, and senders that do what Java's do.
#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "dispatch/board.hpp"
#include "handlers/messages.hpp"
#include "memory/record.hpp"
#include "support/test_region.hpp"
#include "talaria/talaria.h"

namespace talaria::test {

/** A record as it went up to "Java", copied. */
struct Seen {
  std::int32_t type;
  std::int32_t target;
  std::int32_t sender;
  std::int32_t sequence;
  std::int64_t position;
};

struct Failure {
  std::int32_t reason;
  std::int32_t type;
  std::string text;
};

class TestEngine {
 public:
  /** What the Java side does with a block; the default collects its records (one worker at a time, please).
   */
  using OnBlock =
      std::function<std::int64_t(core::Bytes*, std::int32_t, std::int64_t, std::int32_t, std::int32_t)>;

  /** What the Java side does when an endpoint has used up its sequence; the default takes the next id. */
  using OnSuccession = std::function<std::int32_t(std::int32_t)>;

  explicit TestEngine(const Shape& shape);
  ~TestEngine();
  TestEngine(const TestEngine&) = delete;
  TestEngine& operator=(const TestEngine&) = delete;

  void start();
  /** engineState stopping, wakes and joins the workers. */
  void stop();
  std::int32_t invoke(std::int32_t worker = 0) { return talaria_worker_invoke(handle, worker); }
  /** A C++ endpoint with an instance of a handler of the test library. */
  core::Address native(std::int32_t index, const char* handler, std::int32_t shard, std::int32_t capacity = 0,
                       int policy = layout::policy::block);
  [[nodiscard]] messages::Observed observed() const;
  /** Sum of a counter over all shards. */
  [[nodiscard]] std::int64_t total(std::int32_t shardCounter) const;
  [[nodiscard]] std::int64_t shardWord(std::int32_t shard, std::int32_t offset) const;
  /** Messages that handlers of all workers had accepted. */
  [[nodiscard]] std::int64_t acceptedInside() const;
  /** Records that wait in rings and overflows. Nobody drains. */
  [[nodiscard]] std::int64_t inFlight() const;
  /** accepted = handled + dead + in flight, where `outside` were accepted from outside senders. Nobody
   * drains.
   */
  void checkBalance(std::int64_t outside, std::int64_t dead) const;

  const Shape shape;
  TestRegion memory;
  core::Region region;
  core::Board board;
  std::int64_t handle = 0;
  OnBlock onBlock;
  OnSuccession onSuccession;
  std::vector<Seen> seen;
  std::vector<Failure> failures;
  std::atomic<std::int64_t> failed{0};

 private:
  std::vector<std::thread> threads_;
};

/** A sending thread: claim, second read, sequence, commit, look (R3, R11, R15, R27). One thread. */
class Sender {
 public:
  Sender(TestEngine& engine, std::int32_t id) : engine_(engine), id_(id) {}

  /** One try; the outcome. */
  std::int32_t tell(core::Address to, std::int32_t type, const void* payload, std::int32_t length,
                    std::uint16_t flags = 0, std::uint64_t correlation = 0, std::uint64_t replyTo = 0);

  template <typename Message>
  std::int32_t tell(core::Address to, const Message& message, std::uint16_t flags = 0,
                    std::uint64_t correlation = 0, std::uint64_t replyTo = 0) {
    return tell(to, Message::schema_id, &message, Message::fixed_length, flags, correlation, replyTo);
  }

  /** As BLOCK does: tries until there is room. */
  template <typename Message>
  std::int32_t tellBlocking(core::Address to, const Message& message) {
    for (;;) {
      const std::int32_t outcome = tell(to, message);
      if (outcome != layout::outcome::backPressured) {
        return outcome;
      }
      std::this_thread::yield();
    }
  }

  /** One range claim for several messages to one shard (P2). */
  std::int32_t tellAll(const core::Address* to, const messages::Work* works, std::int32_t count);

  [[nodiscard]] std::int64_t accepted() const { return sequence_; }

  /** Of what is told from now on. */
  std::int32_t priority = layout::priority::normal;

 private:
  TestEngine& engine_;
  std::int32_t id_;
  std::int32_t sequence_ = 0;
};

/** Ends the process loudly if it has not ended within so many seconds. */
void watchdog(unsigned seconds);

}  // namespace talaria::test
