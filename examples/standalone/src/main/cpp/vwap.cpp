// Volume-weighted average price of each instrument: the handler "vwap".
#include <talaria/handler.h>

#include <cstdint>
#include <map>
#include <stdexcept>

#include "messages.h"  // generated from the Java records

namespace {

class vwap {
 public:
  void operator()(const market::Trade& trade, talaria::context& context) {
    if (trade.size <= 0) {
      throw std::invalid_argument("a trade needs a size above 0");  // becomes a dead letter with this text
    }
    totals& sum = by_instrument_[trade.instrument];
    sum.value += trade.price * trade.size;
    sum.volume += trade.size;
    // Nobody waits if the trade was told rather than asked: that is no fault.
    context.reply(trade, price(trade.instrument, sum));
  }

  void operator()(const market::VwapQuery& query, talaria::context& context) {
    context.reply(query, price(query.instrument, by_instrument_[query.instrument]));
  }

  /** The whole state, so that a replay can be compared with the run. */
  void snapshot(talaria::snapshot_writer& writer) const {
    for (const auto& [instrument, sum] : by_instrument_) {
      writer.put(instrument);
      writer.put(sum.value);
      writer.put(sum.volume);
    }
  }

 private:
  struct totals {
    double value = 0;
    int64_t volume = 0;
  };

  static market::Price price(int32_t instrument, const totals& sum) {
    market::Price answer{};  // all zero, gaps as well
    answer.value = sum.volume == 0 ? 0 : sum.value / static_cast<double>(sum.volume);
    answer.volume = sum.volume;
    answer.instrument = instrument;
    return answer;
  }

  std::map<int32_t, totals> by_instrument_;
};

}  // namespace

TALARIA_HANDLER(vwap, vwap, market::Trade, market::VwapQuery)
