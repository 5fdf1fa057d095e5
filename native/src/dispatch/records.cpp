// What a turn does with the records: blocks for Java go up, those for C++ endpoints are handled in place.
#include <algorithm>
#include <bit>

#include "dispatch/worker.hpp"

namespace talaria::core {

namespace {

/** A batch of so few records says that they come one at a time: Java waits for the next itself. */
constexpr std::int32_t kMostToStay = 2;

/** A part of the first cache, and enough for the claim to be little a message. */
constexpr std::int64_t kEarlyBytes = 8 << 10;

/** Which bucket of an endpoint's histogram a time belongs to. */
std::int32_t bucketOf(std::int64_t ns) {
  const auto power =
      static_cast<std::int32_t>(std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 1)))) -
      1;
  return std::min(power, layout::sample::buckets - 1);
}

}  // namespace

/** Handles at most `most` records below `limit` and moves drained_ behind them. Returns how many. */
std::int32_t Worker::drainBatch(std::int64_t limit, std::int32_t most) {
  const std::int32_t blockBytes = region_.blockBytes();
  std::int64_t from = drained_;  // of the block that is being collected
  std::int64_t position = drained_;
  std::int32_t records = 0;  // taken
  std::int32_t inBlock = 0;  // of these, in the block
  std::int64_t target = -1;  // whose row `native` tells of: runs of one target look once
  bool native = false;
  const auto handUpBlock = [&](std::int64_t to, bool mayStay) {
    if (inBlock != 0) {
      to += handUp(from, to, mayStay, inBlock);
      inBlock = 0;
      target = -1;  // R14: control records may have changed rows
    }
    from = to;
    drained_ = to;
  };
  while (records < most && position < limit) {
    const std::int32_t index = ring_.index(position);
    if (behind_) {
      ring_.prefetch(position);
    }
    const std::int32_t length = ring_.lengthAt(index);
    if (length <= 0) {
      break;  // RING-4; not yet written, or an open claim (R4)
    }
    const std::int32_t size = aligned(length);
    const std::int32_t type = ring_.typeAt(index);
    bool endsBlock = index + size == ring_.capacity();  // RING-3
    if (type != layout::ring::padding) {
      const RecordView record(ring_.base() + index);
      records++;
      if (record.has(layout::flag::waiter)) {
        region_.prefetchWaiter(record.correlation());
      }
      if (type >= layout::record::firstMessageType) {
        // With generation and flags: a row's next endpoint may be of the other kind.
        if (const auto wanted = get<std::int64_t>(record.bytes() + layout::record::target);
            wanted != target) {
          target = wanted;
          native = region_.holds(record.target()) &&
                   region_.row(record.target()).kind() == layout::rowKind::handler;
        }
        if (native) {
          const Row row = region_.row(record.target());
          const Home home = row.home();
          // R15: only a live C++ endpoint is handled here; what is stale goes up, where its notice is
          // published.
          if (home.handles(record.generation()) && row.read<std::int64_t>(layout::row::instance) != 0) {
            handUpBlock(position, false);
            records += handle(position, limit, most - records + 1, row, home) - 1;
            position = drained_;
            from = position;
            continue;
          }
        }
      } else {
        endsBlock = true;  // a control record: what follows is judged by the rows as it leaves them
      }
      if (inBlock != 0 && position + size - from > blockBytes) {
        handUpBlock(position, false);
      }
      inBlock++;
    }
    position += size;
    if (endsBlock) {
      handUpBlock(position, false);
    } else if (inBlock != 0) {
      const std::int64_t end = std::min(limit, from + blockBytes);
      const std::int32_t like = takeLike(position - size, end, most - records);
      records += like;
      inBlock += like;
      position += std::int64_t{like} * size;
    }
  }
  handUpBlock(position, patient_ && !journaled_ && lanes_ == 1 && records <= kMostToStay);
  behind_ = records == most;
  return records;
}

/**
 * How many records behind the one at `first`, which is in the block, are like it in length, type, target and
 * flags: what was looked at of that one holds for them too. At most `most`, up to `end`, and none that ends
 * the ring (RING-3).
 */
std::int32_t Worker::takeLike(std::int64_t first, std::int64_t end, std::int32_t most) const {
  const RecordView model(ring_.at(first));
  if (model.type() < layout::record::firstMessageType || model.has(layout::flag::waiter)) {
    return 0;
  }
  const std::int32_t size = aligned(model.length());
  std::int32_t index = ring_.index(first) + size;
  const auto room = static_cast<std::int32_t>((end - first) / size) - 1;
  const std::int32_t last = std::min({most, room, (ring_.capacity() - index - 1) / size});
  std::int32_t taken = 0;
  while (taken < last) {
    if (behind_) {
      ring_.prefetch(first + std::int64_t{taken + 1} * size);
    }
    if (!isLike(model, index)) {
      break;
    }
    index += size;
    taken++;
  }
  return taken;
}

/** Whether there is a whole record at `index` that has the length, type, target, generation and flags of
 * `model`. */
bool Worker::isLike(RecordView model, std::int32_t index) const {
  // The length first: it says that the rest is complete (RING-4).
  return ring_.lengthAt(index) == model.length() && ring_.typeAt(index) == model.type() &&
         get<std::int64_t>(ring_.base() + index + layout::record::target) ==
             get<std::int64_t>(model.bytes() + layout::record::target);
}

/** Hands [from, to) up as one block. A call that fails as a whole goes on behind the record that failed
 * (R13). Returns the bytes behind `to` that Java handled as well, where it may. */
std::int64_t Worker::handUp(std::int64_t from, std::int64_t to, bool mayStay, std::int32_t inBlock) {
  const std::atomic_ref<std::int64_t> stayed = block_.at<std::int64_t>(layout::worker::stayed);
  while (from < to) {
    block_.at<std::int64_t>(layout::worker::position).store(-1, std::memory_order_relaxed);
    // Relaxed: between the frames of one thread.
    stayed.store(mayStay ? layout::worker::mayStay : 0, std::memory_order_relaxed);
    const std::int64_t result =
        engine_.handUp(ring_.at(from), static_cast<std::int32_t>(to - from), from, lane_, worker_);
    block_.count<std::int64_t>(layout::worker::upCalls, 1);
    const std::int64_t more = stayed.load(std::memory_order_relaxed);
    if (result >= 0) {
      const std::int64_t handled = result & 0xffffffff;
      const std::int64_t dead = result >> 32;
      handled_ += handled;
      dead_ += dead;
      stayed_ += mayStay ? static_cast<std::int32_t>(handled + dead) - inBlock : 0;
      return mayStay ? std::max<std::int64_t>(more, 0) : 0;
    }
    if (mayStay && more >= 0) {
      return failedBehind(from, to + more) - to;
    }
    from = skipFailure(from, to);
  }
  return 0;
}

/** An up-call that failed when its block was done and what lies before `to` too: in the record at `to`, or
 * after all. Returns the position to go on at. */
std::int64_t Worker::failedBehind(std::int64_t from, std::int64_t to) {
  countAsHandled(from, to);
  if (block_.read<std::int64_t>(layout::worker::position) != to) {
    return to;
  }
  const RecordView record(ring_.at(to));
  bury(record, layout::reason::handlerFailed, "the up-call failed", to);
  return to + aligned(record.length());
}

void Worker::countAsHandled(std::int64_t from, std::int64_t to) {
  for (std::int64_t position = from; position < to;) {
    const RecordView record(ring_.at(position));
    handled_ += record.type() != layout::ring::padding ? 1 : 0;
    position += aligned(record.length());
  }
}

/**
 * Counts what came before the failing record of [from, to), buries that one, and returns the position behind
 * it. Control records count as messages do: whoever sent them counted them as accepted.
 */
std::int64_t Worker::skipFailure(std::int64_t from, std::int64_t to) {
  const std::int64_t published = block_.read<std::int64_t>(layout::worker::position);
  if (published == to) {  // all of it was handled
    countAsHandled(from, to);
    return to;
  }
  // A position that is none of ours: the call failed before its first record. That one is given up, so that
  // we always get on.
  const std::int64_t failed = published >= from && published < to ? published : from;
  std::int64_t position = from;
  while (position < to) {
    const RecordView record(ring_.at(position));
    const std::int64_t next = position + aligned(record.length());
    if (record.type() != layout::ring::padding) {
      if (position >= failed) {
        bury(record, layout::reason::handlerFailed, "the up-call failed", position);
        return next;
      }
      handled_++;
    }
    position = next;
  }
  return to;
}

/**
 * Handles the record at `first`, which is for a live C++ endpoint, and up to `most` in all below `limit` that
 * are like it while its home word stays as it is: what its row says holds for them too (R14). Returns
 * how many; drained_ is behind them.
 */
std::int32_t Worker::handle(std::int64_t first, std::int64_t limit, std::int32_t most, Row row, Home home) {
  const RecordView model(ring_.at(first));
  const std::int32_t size = aligned(model.length());
  const auto& instance =
      *reinterpret_cast<const HandlerInstance*>(row.read<std::int64_t>(layout::row::instance));
  // One by one where each is counted, or its waiter's slot has to be fetched first.
  const std::int32_t last = home.counted() || model.has(layout::flag::waiter) ? 1 : most;
  std::int32_t reason = 0;
  const bool checked = home.displaces() || model.has(layout::flag::expires);
  // Relaxed: for monitors.
  block_.at<std::int32_t>(layout::worker::endpoint).store(model.target(), std::memory_order_relaxed);
  calls_.expect(model);
  const std::int64_t handledBefore = handled_;
  const bool timed = (turn_ & (layout::sample::timedEvery - 1)) == 0;
  const std::int64_t startNs = timed ? monotonicNs() : 0;
  std::int64_t position = first;
  std::int32_t records = 0;
  do {
    block_.at<std::int64_t>(layout::worker::position).store(position, std::memory_order_relaxed);
    reason = checked ? givenUp(row, home, RecordView(ring_.at(position))) : 0;
    if (reason == 0) {
      handOne(instance, position);
    } else {
      bury(RecordView(ring_.at(position)), reason, "", position);
    }
    records++;
    position += size;
    if (outbox_.full()) {
      overSoft_ |= outbox_.flush();  // P2: ranges of at most an eighth of a ring
    }
    if (behind_) {
      ring_.prefetch(position);
    }
    // R15: the live home word before each.
  } while (records < last && position < limit && isLike(model, ring_.index(position)) &&
           row.home().bits == home.bits);
  tally(row, handled_ - handledBefore, timed ? monotonicNs() - startNs : -1);
  if (home.counted()) {
    row.count<std::int64_t>(layout::row::done, 1);  // R24: release, pairs with the senders' acquire
  }
  if (home.displaces()) {
    row.count<std::int32_t>(layout::row::laneDone + 4 * priority(), 1);
    // Release, and last: senders read it before `done`.
    row.count<std::int32_t>(layout::row::skipped, reason == layout::reason::displaced ? 1 : 0);
  }
  block_.at<std::int64_t>(layout::worker::position).store(-1, std::memory_order_relaxed);
  block_.at<std::int32_t>(layout::worker::endpoint).store(-1, std::memory_order_relaxed);
  drained_ = position;
  return records;
}

/** What a run adds to its endpoint's slot among the samples, if it has one. ns: what the run took, or -1. */
void Worker::tally(Row row, std::int64_t handled, std::int64_t ns) const {
  const auto slot = row.read<std::int32_t>(layout::row::slot);
  if (slot == 0 || handled == 0) {
    return;
  }
  const Block sample = region_.sample(slot);
  sample.count(layout::sample::handled, handled);
  if (ns >= 0) {
    sample.count(layout::sample::histogram + 8 * bucketOf(ns / handled), handled);
  }
}

void Worker::handOne(const HandlerInstance& instance, std::int64_t position) {
  const RecordView record(ring_.at(position));
  const std::int32_t reason = calls_.run(instance, record, position);
  if (reason == 0) {
    handled_++;
    if (record.has(layout::flag::join)) {
      joins_.add(record.correlation(), true);
    }
  } else {
    bury(record, reason, calls_.text(), position);
    calls_.expect(record);
  }
}

/** Why a record is not handled though its endpoint lives: its time is up, or a newer one takes its place. 0:
 * it is. */
std::int32_t Worker::givenUp(Row row, Home home, RecordView record) const {
  if (record.has(layout::flag::expires) && engine_.nowNs() - record.expiresNs() > 0) {
    return layout::reason::expired;
  }
  return home.displaces() && !record.has(layout::flag::reply) && displaced(row) ? layout::reason::displaced
                                                                                : 0;
}

std::int32_t Worker::priority() const { return laneBlock_.read<std::int32_t>(layout::shard::priority); }

/** R24, N8: the record at hand, the oldest of its lane, makes room for a newer one, if none of a lower lane
 * does. */
bool Worker::displaced(Row row) const {
  // Acquire: pairs with the senders' additions. The counts wrap.
  const auto ahead = [&](std::int32_t sent, std::int32_t done) {
    return static_cast<std::int32_t>(
        static_cast<std::uint32_t>(row.at<std::int32_t>(sent).load(std::memory_order_acquire)) -
        static_cast<std::uint32_t>(row.read<std::int32_t>(done)));
  };
  const auto displaces = [&](std::int32_t priority) {
    return ((row.read<std::int32_t>(layout::row::policies) >> (4 * priority)) & 15) ==
           layout::policy::dropOldest;
  };
  const std::int32_t own = priority();
  const std::int32_t pending = ahead(layout::row::skip, layout::row::skipped);
  if (pending <= 0 || !displaces(own)) {
    return false;
  }
  std::int32_t below = 0;
  for (std::int32_t p = 0; p < own; p++) {
    if (displaces(p)) {
      below += std::max(0, ahead(layout::row::laneSent + 4 * p, layout::row::laneDone + 4 * p));
    }
  }
  return pending > below;
}

/** A handler that sends much: what it sent goes out while it is in the cache, and its receiver begins. With a
 * journal not before its own record is done, so that no effect is handled in front of it. */
void Worker::flushEarly(std::int32_t lane) {
  if (!journaled_ && outbox_.gathered(lane) >= kEarlyBytes) {
    overSoft_ |= outbox_.flush();
  }
}

/** An accepted message that is not handled: counted, logged, its waiter failed (R25), its notice handed to
 * Java. */
void Worker::bury(RecordView record, std::int32_t reason, const char* text, std::int64_t position) {
  if (journaled_) {
    log_.dead(lane_, reason, turn_, position);
  }
  giveUp(record, reason, text);
}

/** A send that was accepted and then found no memory. It has no position in a ring, so the log knows nothing
 * of it. */
void Worker::lose(RecordView record) {
  giveUp(record, layout::reason::overflow, "no memory for the overflow of its shard");
}

void Worker::giveUp(RecordView record, std::int32_t reason, const char* text) {
  dead_++;
  if (record.has(layout::flag::waiter)) {
    engine_.waiters().fail(record.correlation(), reason, text);
  }
  if (record.has(layout::flag::join)) {
    joins_.add(record.correlation(), false);
  }
  engine_.tellFailure(record.bytes(), reason, text, lane_, worker_);
}

}  // namespace talaria::core
