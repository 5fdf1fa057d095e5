// Delay statistics per route: the handler "routes" of the flights demonstration. RouteActor.java is its Java
// twin: the same arithmetic, the same snapshot, byte for byte.
#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "flights_messages.h"
#include "talaria/handler.h"

namespace {

using namespace flights;

constexpr size_t part_bytes = 32 << 10;  // what a message may hold, with room to spare

struct statistics {
  int64_t flights = 0;
  int64_t delay_sum = 0;
  int32_t delay_min = INT32_MAX;
  int32_t delay_max = INT32_MIN;
  int32_t distance_miles = 0;
};

class routes {
 public:
  void operator()(const AnswersTo& message, talaria::context&) { collector_ = message.collector; }

  void operator()(const RouteDeparture& flight, talaria::context& context) {
    const std::string_view origin = talaria::tail_text(flight, flight.origin);
    const std::string_view destination = talaria::tail_text(flight, flight.destination);
    const statistics& route = count(origin, destination, flight);
    if (collector_) {
      answer(origin, destination, route, context);
    }
  }

  void operator()(const StateQuery& query, talaria::context& context) {
    if (query.from == 0) {
      talaria::snapshot_writer measure(nullptr, 0);
      snapshot(measure);
      state_.resize(static_cast<size_t>(measure.needed()));
      talaria::snapshot_writer writer(state_.data(), measure.needed());
      snapshot(writer);
    }
    const size_t from = std::min(static_cast<size_t>(std::max(query.from, 0)), state_.size());
    talaria::builder<StatePart> part;
    part->totalBytes = static_cast<int32_t>(state_.size());
    part.put(&StatePart::bytes, state_.data() + from, std::min(part_bytes, state_.size() - from));
    if (context.reply(query, part) != talaria::outcome::accepted) {
      throw std::runtime_error("nobody waits for the state");
    }
  }

  void snapshot(talaria::snapshot_writer& writer) const {
    writer.put(flights_);
    writer.put(static_cast<int32_t>(by_route_.size()));
    for (const auto& [key, route] : by_route_) {
      const size_t end = key.find('\0');
      text(writer, std::string_view(key).substr(0, end));
      text(writer, std::string_view(key).substr(end + 1));
      writer.put(route.flights);
      writer.put(route.delay_sum);
      writer.put(route.delay_min);
      writer.put(route.delay_max);
      writer.put(route.distance_miles);
    }
  }

 private:
  const statistics& count(std::string_view origin, std::string_view destination,
                          const RouteDeparture& flight) {
    key_.assign(origin).push_back('\0');  // codes hold no NUL: the input refuses it
    key_.append(destination);
    statistics& route = by_route_[key_];
    route.flights++;
    route.delay_sum += flight.delayMinutes;
    route.delay_min = std::min(route.delay_min, flight.delayMinutes);
    route.delay_max = std::max(route.delay_max, flight.delayMinutes);
    route.distance_miles = flight.distanceMiles;
    flights_++;
    return route;
  }

  void answer(std::string_view origin, std::string_view destination, const statistics& route,
              talaria::context& context) {
    answer_.clear();
    answer_->flights = route.flights;
    answer_->delayMinutesSum = route.delay_sum;
    answer_->delayMinutesMin = route.delay_min;
    answer_->delayMinutesMax = route.delay_max;
    answer_->distanceMiles = route.distance_miles;
    answer_.put(&RouteAnswer::origin, origin).put(&RouteAnswer::destination, destination);
    if (context.send(collector_, answer_) != talaria::outcome::accepted) {
      throw std::runtime_error(
          "the collector did not take an answer");  // a dead letter tells, silence would not
    }
  }

  static void text(talaria::snapshot_writer& writer, std::string_view value) {
    writer.put(static_cast<int32_t>(value.size()));
    writer.bytes(value.data(), value.size());
  }

  std::map<std::string, statistics>
      by_route_;       // ordered by the bytes of "origin NUL destination": so is the snapshot
  std::string key_;    // kept for its memory
  std::string state_;  // what the last StateQuery from 0 took
  talaria::builder<RouteAnswer> answer_;  // likewise
  talaria::address collector_{0};
  int64_t flights_ = 0;
};

}  // namespace

TALARIA_HANDLER(routes, routes, RouteDeparture, AnswersTo, StateQuery)
