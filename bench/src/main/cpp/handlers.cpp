// The C++ handlers of the benchmarks: a sink that verifies every word, and a pump that sends.
#include <talaria/handler.h>

#include <stdexcept>

#include "messages.h"

namespace {

using namespace bench;

struct Sink {
  int64_t next = 0;
  int64_t wrong = 0;

  void operator()(const Two& m, talaria::context&) {
    wrong |= (m.a ^ next) | (m.b ^ (next + 1));
    next++;
  }
  void operator()(const Eight& m, talaria::context&) {
    wrong |= (m.a ^ next) | (m.b ^ (next + 1)) | (m.c ^ (next + 2)) | (m.d ^ (next + 3)) |
             (m.e ^ (next + 4)) | (m.f ^ (next + 5)) | (m.g ^ (next + 6)) | (m.h ^ (next + 7));
    next++;
  }
  void operator()(const Report& m, talaria::context& c) { c.reply(m, Seen{next, wrong}); }
};

struct Pump {
  void operator()(const Burst& m, talaria::context& c) {
    for (int64_t n = m.first; n < m.first + m.count; n++) {
      const auto outcome = m.payload == 16
                               ? c.send(m.to, Two{n, n + 1})
                               : c.send(m.to, Eight{n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7});
      if (outcome != talaria::outcome::accepted) {
        throw std::runtime_error("the actor did not take a message");
      }
    }
  }
};

}  // namespace

TALARIA_HANDLER(sink, Sink, Two, Eight, Report)
TALARIA_HANDLER(pump, Pump, Burst)
