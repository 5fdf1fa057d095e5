// Endpoints on tiny rings that send more than they get move all the time: order kept, nothing lost, never two
// runs of one at once (R19), through rings and overflows.
#include <bit>

#include "dispatch/futex.hpp"
#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Hop;

namespace {

constexpr std::int32_t kEndpoints = 8;
constexpr std::int32_t kFirst = 10;
constexpr std::int32_t kTtl = 6;
constexpr std::int32_t kFanOut = 2;

/** What internal/engine/Moves.java does: one request at a time, and the parked workers are woken for it. */
void move(TestEngine& engine, core::Address endpoint, std::int32_t to) {
  namespace at = layout::header;
  const core::Block header = engine.region.header();
  const std::atomic_ref<std::int32_t> state = header.at<std::int32_t>(at::moveState);
  const auto write = [&](std::int32_t offset, std::int32_t value) {
    header.at<std::int32_t>(offset).store(value, std::memory_order_relaxed);
  };
  write(at::moveEndpoint, endpoint.index);
  write(at::moveGeneration, endpoint.generation);
  write(at::moveFrom, engine.region.row(endpoint.index).home().shard());
  write(at::moveTo, to);
  state.store(layout::moveState::asked, std::memory_order_seq_cst);
  const std::atomic_ref<std::int64_t> parked = header.at<std::int64_t>(at::parked);
  while (state.load(std::memory_order_seq_cst) < layout::moveState::moved) {
    header.at<std::int64_t>(at::moveUntilNs).store(core::monotonicNs() + 100'000, std::memory_order_relaxed);
    for (std::int64_t set = parked.load(std::memory_order_seq_cst); set != 0;
         set = parked.load(std::memory_order_seq_cst)) {
      if (parked.compare_exchange_strong(set, set & (set - 1), std::memory_order_seq_cst)) {
        engine.board.unpark(std::countr_zero(static_cast<std::uint64_t>(set)));
      }
    }
    std::this_thread::yield();
  }
  CHECK_EQUAL(state.load(std::memory_order_seq_cst), layout::moveState::moved);
  CHECK_EQUAL(engine.region.row(endpoint.index).home().shard(), to);
  state.store(layout::moveState::none, std::memory_order_seq_cst);
}

}  // namespace

int main(int count, char** values) {
  const Options options(count, values);
  watchdog(500);
  Shape shape;
  shape.shards = 4;
  shape.workers = 2;
  shape.ringBytes = 4096;
  shape.batchRecords = 64;
  shape.overflowSoftBytes = 64 * 1024;
  shape.overflowHardBytes = 256 * 1024;
  TestEngine engine(shape);
  core::Address to[kEndpoints];
  for (std::int32_t i = 0; i < kEndpoints; i++) {
    to[i] = engine.native(kFirst + i, "hopper", i % shape.shards);
  }
  engine.start();
  std::atomic<std::int64_t> outside{0};
  std::vector<std::thread> threads;
  for (std::int32_t s = 1; s <= 2; s++) {
    threads.emplace_back([&, s] {
      Random random(options.seed * 7 + static_cast<std::uint64_t>(s));
      Sender sender(engine, s);
      while (engine.total(layout::shard::handled) < options.messages) {
        CHECK_EQUAL(sender.tellBlocking(to[random.below(kEndpoints)], Hop{kTtl, kEndpoints, kFanOut, kFirst}),
                    0);
      }
      outside.fetch_add(sender.accepted());
    });
  }
  std::int64_t moves = 0;
  threads.emplace_back([&] {
    Random random(options.seed * 13);
    while (engine.total(layout::shard::handled) < options.messages) {
      move(engine, to[random.below(kEndpoints)], static_cast<std::int32_t>(random.below(shape.shards)));
      moves++;
    }
  });
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (;;) {
    const std::int64_t handled = engine.total(layout::shard::handled);  // before what was accepted (R27)
    const std::int64_t accepted = outside + engine.acceptedInside();
    CHECK(handled <= accepted);
    if (handled == accepted) {
      break;
    }
    std::this_thread::yield();
  }
  engine.stop();

  const messages::Observed observed = engine.observed();
  CHECK_EQUAL(engine.inFlight(), 0);
  engine.checkBalance(outside, 0);
  CHECK_EQUAL(observed.handled, outside + engine.acceptedInside());
  CHECK_EQUAL(observed.sent, engine.acceptedInside());
  CHECK_EQUAL(observed.disorder, 0);
  CHECK_EQUAL(observed.overlaps, 0);
  CHECK_EQUAL(engine.total(layout::shard::overflowBytes), 0);
  CHECK_EQUAL(engine.total(layout::shard::overflowRecords), 0);
  std::int64_t sequences = 0;
  for (const core::Address& address : to) {
    sequences += engine.region.row(address.index).read<std::int64_t>(layout::row::sequence);
  }
  CHECK_EQUAL(sequences, engine.acceptedInside());
  CHECK(engine.total(layout::shard::spilled) > 0);
  CHECK(engine.total(layout::shard::movedIn) > 0);
  CHECK_EQUAL(static_cast<std::int32_t>(engine.region.moves()), 0);
  std::printf("spilled %lld, refused at the hard limit %lld, moves %lld\n",
              static_cast<long long>(engine.total(layout::shard::spilled)),
              static_cast<long long>(observed.refused), static_cast<long long>(moves));
  return 0;
}
