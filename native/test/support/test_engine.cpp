#include "support/test_engine.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <csignal>

#include "support/check.hpp"

namespace talaria::test {

namespace {

std::int64_t blockUp(std::int64_t user, std::int64_t address, std::int32_t bytes, std::int64_t position,
                     std::int32_t shard, std::int32_t worker) {
  auto& engine = *reinterpret_cast<TestEngine*>(user);
  return engine.onBlock(reinterpret_cast<core::Bytes*>(address), bytes, position, shard, worker);
}

void failureUp(std::int64_t user, std::int64_t record, std::int32_t reason, const char* text, std::int32_t,
               std::int32_t) {
  auto& engine = *reinterpret_cast<TestEngine*>(user);
  const core::RecordView view(reinterpret_cast<core::Bytes*>(record));
  engine.failures.push_back({reason, view.type(), text});
  engine.failed.fetch_add(1);
}

std::int32_t succeedUp(std::int64_t user, std::int32_t endpoint, std::int32_t) {
  return reinterpret_cast<TestEngine*>(user)->onSuccession(endpoint);
}

}  // namespace

TestEngine::TestEngine(const Shape& shape)
    : shape(shape), memory(shape), region(memory.view()), board(region) {
  onBlock = [this](core::Bytes* block, std::int32_t bytes, std::int64_t position, std::int32_t,
                   std::int32_t) {
    std::int64_t records = 0;
    for (std::int32_t at = 0; at < bytes;) {
      const core::RecordView record(block + at);
      if (record.type() != layout::ring::padding) {
        seen.push_back({record.type(), record.target(), record.senderId(), record.sequence(), position + at});
        records++;
      }
      at += core::aligned(record.length());
    }
    return records;
  };
  onSuccession = [this](std::int32_t endpoint) {
    const std::int32_t id = region.header().at<std::int32_t>(layout::header::nextSenderId).fetch_add(1);
    region.row(endpoint).at<std::int32_t>(layout::row::senderId).store(id);
    return id;
  };
  handle = talaria_engine_open(reinterpret_cast<std::int64_t>(memory.base()),
                               reinterpret_cast<std::int64_t>(memory.rows()), &blockUp, &failureUp,
                               &succeedUp, reinterpret_cast<std::int64_t>(this));
  if (handle <= 0) {
    std::fprintf(stderr, "%s\n", talaria_last_error());
  }
  CHECK(handle > 0);
}

TestEngine::~TestEngine() {
  stop();
  for (std::int32_t i = 0; i < shape.maxEndpoints; i++) {
    if (region.row(i).read<std::int64_t>(layout::row::instance) != 0) {
      CHECK_EQUAL(talaria_handler_destroy(handle, i), 0);
    }
  }
  CHECK_EQUAL(talaria_engine_close(handle), 0);
}

void TestEngine::start() {
  for (std::int32_t w = 0; w < shape.workers; w++) {
    threads_.emplace_back([this, w] { CHECK_EQUAL(talaria_worker_run(handle, w), 0); });
  }
}

void TestEngine::stop() {
  memory.setState(layout::engineState::stopping);
  for (std::int32_t w = 0; w < shape.workers; w++) {
    talaria_unpark(handle, w);
  }
  for (std::thread& thread : threads_) {
    thread.join();
  }
  threads_.clear();
}

core::Address TestEngine::native(std::int32_t index, const char* handler, std::int32_t shard,
                                 std::int32_t capacity, int policy) {
  const std::int64_t found = talaria_handler_find(handle, TALARIA_TEST_HANDLERS, handler);
  if (found <= 0) {
    std::fprintf(stderr, "%s\n", talaria_last_error());
  }
  CHECK(found > 0);
  region.row(index).at<std::int32_t>(layout::row::senderId).store(1000 + index);
  CHECK_EQUAL(talaria_handler_create(handle, found, index), 0);
  return memory.endpoint(index, layout::rowKind::handler, shard, capacity, policy);
}

messages::Observed TestEngine::observed() const {
  void* library = dlopen(TALARIA_TEST_HANDLERS, RTLD_NOW);
  CHECK(library != nullptr);
  messages::Observed observed{};
  reinterpret_cast<void (*)(messages::Observed*)>(dlsym(library, "test_observed"))(&observed);
  dlclose(library);
  return observed;
}

std::int64_t TestEngine::total(std::int32_t shardCounter) const {
  std::int64_t sum = 0;
  for (std::int32_t s = 0; s < region.laneCount(); s++) {
    sum += shardWord(s, shardCounter);
  }
  return sum;
}

std::int64_t TestEngine::shardWord(std::int32_t shard, std::int32_t offset) const {
  return region.shard(shard).at<std::int64_t>(offset).load(std::memory_order_acquire);
}

std::int64_t TestEngine::acceptedInside() const {
  std::int64_t sum = 0;
  for (std::int32_t w = 0; w < shape.workers; w++) {
    sum += region.worker(w).at<std::int64_t>(layout::worker::accepted).load(std::memory_order_acquire);
  }
  return sum;
}

std::int64_t TestEngine::inFlight() const {
  std::int64_t records = total(layout::shard::overflowRecords);
  for (std::int32_t s = 0; s < region.laneCount(); s++) {
    const core::Ring ring = region.ring(s);
    for (std::int64_t position = shardWord(s, layout::shard::drained); position < ring.tail();) {
      const std::int32_t index = ring.index(position);
      CHECK(ring.lengthAt(index) > 0);  // no open claim is left
      records += ring.typeAt(index) == layout::ring::padding ? 0 : 1;
      position += core::aligned(ring.lengthAt(index));
    }
  }
  return records;
}

void TestEngine::checkBalance(std::int64_t outside, std::int64_t dead) const {
  CHECK_EQUAL(total(layout::shard::dead), dead);
  CHECK_EQUAL(total(layout::shard::handled) + dead + inFlight(), outside + acceptedInside());
}

std::int32_t Sender::tell(core::Address to, std::int32_t type, const void* payload, std::int32_t length,
                          std::uint16_t flags, std::uint64_t correlation, std::uint64_t replyTo) {
  const core::Row row = engine_.region.row(to.index);
  core::Envelope envelope{.type = type,
                          .target = to,
                          .flags = flags,
                          .senderId = id_,
                          .correlation = correlation,
                          .replyTo = replyTo,
                          .trace = 77};
  const std::int32_t recordLength = envelope.recordLength(length);
  const std::int32_t bytes = core::aligned(recordLength);
  for (;;) {
    const core::Home home = row.home();
    if (home.generation() != to.generation || home.state() == layout::homeState::free) {
      return layout::outcome::noSuchEndpoint;
    }
    // STOPPED after the close deadline, where the engine closes
    if (home.state() == layout::homeState::closed ||
        (home.state() == layout::homeState::stopped &&
         engine_.region.engineState() >= layout::engineState::draining)) {
      return layout::outcome::closed;
    }
    const std::int32_t shard = home.shard();
    const std::int32_t lane = engine_.region.laneOf(shard, priority);
    const core::Ring ring = engine_.region.ring(lane);
    // R17: while the flag is set, outside producers treat the shard as full.
    if (engine_.region.lane(lane).at<std::int32_t>(layout::shard::overflowFlag).load() != 0) {
      return layout::outcome::backPressured;
    }
    const std::int32_t index = ring.claim(bytes);
    if (index < 0) {
      if (index == core::Ring::kFullPadded) {
        engine_.board.look(shard);
      }
      return layout::outcome::backPressured;
    }
    if (row.home().bits != home.bits) {  // R15: the second read
      ring.abort(index, bytes);
      engine_.board.look(shard);
      continue;
    }
    envelope.sequence = ++sequence_;  // R27
    core::Bytes* at = envelope.encode(ring.base() + index);
    if (length > 0) {
      std::memcpy(at, payload, static_cast<std::size_t>(length));
    }
    ring.commit(index, recordLength);
    engine_.board.look(shard);
    return layout::outcome::accepted;
  }
}

std::int32_t Sender::tellAll(const core::Address* to, const messages::Work* works, std::int32_t count) {
  const core::Home home = engine_.region.row(to[0].index).home();
  const core::Ring ring = engine_.region.ring(home.shard());
  constexpr std::int32_t kBytes = layout::record::extensions + messages::Work::fixed_length;
  if (engine_.region.shard(home.shard()).at<std::int32_t>(layout::shard::overflowFlag).load() != 0) {
    return layout::outcome::backPressured;
  }
  const std::int32_t index = ring.claim(kBytes * count);
  if (index < 0) {
    if (index == core::Ring::kFullPadded) {
      engine_.board.look(home.shard());
    }
    return layout::outcome::backPressured;
  }
  for (std::int32_t i = 0; i < count; i++) {
    core::Envelope envelope{
        .type = messages::Work::schema_id, .target = to[i], .senderId = id_, .sequence = ++sequence_};
    core::Bytes* record = ring.base() + index + i * kBytes;
    std::memcpy(envelope.encode(record), &works[i], messages::Work::fixed_length);
    if (i != 0) {
      core::put<std::int32_t>(record, kBytes);
    }
  }
  ring.commit(index, kBytes);
  engine_.board.look(home.shard());
  return layout::outcome::accepted;
}

void watchdog(unsigned seconds) {
  std::signal(SIGALRM, [](int) {
    const char text[] = "watchdog: the test hangs\n";
    (void)!write(STDERR_FILENO, text, sizeof(text) - 1);
    std::abort();
  });
  alarm(seconds);
}

}  // namespace talaria::test
