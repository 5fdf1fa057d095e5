// Handler libraries through the C API: finding, schemas, instances, replay, snapshots.
#include <string>
#include <vector>

#include "support/check.hpp"
#include "support/test_engine.hpp"

using namespace talaria;
using namespace talaria::test;
using messages::Add;

namespace {

void handlersAreFoundByName() {
  TestEngine engine(Shape{});
  const std::int64_t adder = talaria_handler_find(engine.handle, TALARIA_TEST_HANDLERS, "adder");
  CHECK(adder > 0);
  CHECK_EQUAL(talaria_handler_find(engine.handle, TALARIA_TEST_HANDLERS, "adder"), adder);
  CHECK(talaria_handler_find(engine.handle, TALARIA_TEST_HANDLERS, "nobody") < 0);
  CHECK(std::strstr(talaria_last_error(), "nobody") != nullptr);
  CHECK(talaria_handler_find(engine.handle, "/no/such/library.so", "adder") < 0);
  CHECK(std::strlen(talaria_last_error()) > 0);
  // Accepted first, then what the library sends: Sum and Text (replies), Hop.
  CHECK_EQUAL(talaria_handler_schema_count(adder), 6);
  CHECK_EQUAL(talaria_handler_schema_id(adder, 0), Add::schema_id);
  CHECK(std::string(talaria_handler_schema_layout(adder, 0)) == Add::schema_layout);
  bool sum = false;
  for (int i = 3; i < 6; i++) {
    sum |= talaria_handler_schema_id(adder, i) == messages::Sum::schema_id;
  }
  CHECK(sum);
}

void constructorsMayThrow() {
  TestEngine engine(Shape{});
  const std::int64_t found = talaria_handler_find(engine.handle, TALARIA_TEST_HANDLERS, "unmakeable");
  engine.region.row(5).at<std::int32_t>(layout::row::senderId).store(1);
  CHECK(talaria_handler_create(engine.handle, found, 5) < 0);
  CHECK(std::strstr(talaria_last_error(), "no instance of this") != nullptr);
  CHECK_EQUAL(engine.region.row(5).read<std::int64_t>(layout::row::instance), 0);
  CHECK(talaria_handler_create(engine.handle, found, -1) < 0);
  CHECK(talaria_handler_destroy(engine.handle, 5) < 0);
}

void replayFeedsTheHandlerAndSuppressesItsSends() {
  TestEngine engine(Shape{});
  const core::Address adder = engine.native(2, "adder", 0);
  alignas(8) core::Bytes record[64] = {};
  const core::Envelope envelope{.type = Add::schema_id,
                                .target = adder,
                                .flags = layout::flag::correlation | layout::flag::waiter,
                                .senderId = 1,
                                .sequence = 1,
                                .correlation = 3};
  const Add add{2, 3};
  std::memcpy(envelope.encode(record), &add, sizeof(add));
  core::put<std::int32_t>(record, envelope.recordLength(sizeof(add)));
  CHECK_EQUAL(talaria_handler_replay(engine.handle, 2, reinterpret_cast<std::int64_t>(record), 123456789), 0);
  CHECK_EQUAL(engine.region.row(2).read<std::int64_t>(layout::row::sequence), 0);

  struct {
    double total;
    std::int64_t lastNow;
  } snapshot{};
  const auto buffer = reinterpret_cast<std::int64_t>(&snapshot);
  CHECK_EQUAL(talaria_handler_snapshot(engine.handle, 2, buffer, 8), -2 - 16);
  CHECK_EQUAL(talaria_handler_snapshot(engine.handle, 2, buffer, 16), 16);
  CHECK(snapshot.total == 5.0);
  CHECK_EQUAL(snapshot.lastNow, 123456789);

  core::put<std::int32_t>(record + layout::record::type, messages::Boom::schema_id);
  CHECK(talaria_handler_replay(engine.handle, 2, reinterpret_cast<std::int64_t>(record), 1) < 0);
  CHECK(std::strstr(talaria_last_error(), "boom") != nullptr);
}

void aHandlerWithoutSnapshotSaysSo() {
  TestEngine engine(Shape{});
  engine.native(2, "checker", 0);
  CHECK_EQUAL(talaria_handler_snapshot(engine.handle, 2, 0, 0), -1);
}

void pagesAreGivenBack() {
  constexpr std::int64_t kPage = 4096;
  std::vector<char> memory(3 * kPage);
  CHECK(talaria_release_pages(reinterpret_cast<std::int64_t>(memory.data()) + 1, kPage) <
        0);  // not on a page
  CHECK(std::strlen(talaria_last_error()) > 0);
}

}  // namespace

int main() {
  CHECK_EQUAL(talaria_abi_version(), 3);
  handlersAreFoundByName();
  constructorsMayThrow();
  replayFeedsTheHandlerAndSuppressesItsSends();
  aHandlerWithoutSnapshotSaysSo();
  pagesAreGivenBack();
  return 0;
}
