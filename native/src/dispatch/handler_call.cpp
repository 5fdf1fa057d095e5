#include "dispatch/handler_call.hpp"

#include <limits>

#include "dispatch/worker.hpp"

namespace talaria::core {

namespace {

/** Short ones of whole words without a call. */
void copyPayload(Bytes* to, const void* from, std::int32_t length) {
  constexpr std::int32_t kShort = 128;
  if (length > kShort || length % 8 != 0) {
    std::memcpy(to, from, static_cast<std::size_t>(length));
    return;
  }
  const auto* words = static_cast<const Bytes*>(from);
  for (std::int32_t at = 0; at < length; at += 8) {
    std::memcpy(to + at, words + at, 8);
  }
}

}  // namespace

const talaria_host HandlerCalls::kHost = {sizeof(talaria_host), &HandlerCalls::hostSend,
                                          &HandlerCalls::hostReply, &HandlerCalls::hostNow};

HandlerCalls::HandlerCalls(Worker* worker) : talaria_call{}, worker_(worker) {
  host = &kHost;
  error = text_.data();
  error_capacity = static_cast<std::int32_t>(text_.size());
}

void HandlerCalls::expect(RecordView model) {
  headerLength_ = model.headerLength();
  replies_ = model.has(layout::flag::replyTo);
  length = model.payloadLength();
  schema_id = model.type();
  self = Address{model.target(), model.generation()}.bits();
  reply_to = 0;
  text_[0] = '\0';
}

std::int32_t HandlerCalls::run(const HandlerInstance& instance, RecordView record, std::int64_t position) {
  record_ = record;
  position_ = position;
  ordinal_ = 0;
  payload = record.bytes() + headerLength_;
  if (replies_) {
    reply_to = record.replyTo();
  }
  sender = record.senderId();
  sequence = record.sequence();
  if (length < 0) {
    return layout::reason::badRecord;
  }
  const std::int32_t reason = instance.descriptor->handle(instance.state, this);
  if (reason != 0) {
    text_.back() = '\0';  // the library's word is not taken for it
  }
  return reason;
}

std::int32_t HandlerCalls::hostSend(talaria_call* call, std::uint64_t to, std::int32_t schemaId,
                                    const void* bytes, std::int32_t bytesLength) noexcept {
  auto& calls = *static_cast<HandlerCalls*>(call);
  try {
    return calls.post(Address::of(to), schemaId, bytes, bytesLength, 0, 0);
  } catch (...) {  // no memory to gather it in: nothing was sent
    return calls.refuse(layout::outcome::backPressured, Address::of(to), schemaId);
  }
}

std::int32_t HandlerCalls::hostReply(talaria_call* call, std::int32_t schemaId, const void* bytes,
                                     std::int32_t bytesLength) noexcept {
  auto& calls = *static_cast<HandlerCalls*>(call);
  const RecordView request = calls.record_;
  const Address to = Address::of(request.replyTo());
  try {
    if (request.has(layout::flag::waiter)) {
      Worker* worker = calls.worker_;
      if (worker == nullptr) {
        return layout::outcome::accepted;  // R22: a replay suppresses what it would send
      }
      if (bytesLength < 0 || bytesLength > worker->region_.maxMessageBytes()) {
        return calls.refuse(layout::outcome::tooLarge, to, schemaId);
      }
      if (!worker->engine_.waiters().reply(request.correlation(), schemaId, bytes, bytesLength)) {
        return calls.refuse(layout::outcome::timedOut, to, schemaId);
      }
      if (worker->journaled_) {
        const Row row = worker->region_.row(request.target());
        worker->log_.reply(request.correlation(), row.read<std::int32_t>(layout::row::senderId),
                           static_cast<std::int32_t>(row.read<std::int64_t>(layout::row::sequence)),
                           request.id(), schemaId, bytes, bytesLength);
      }
      return layout::outcome::accepted;
    }
    if (request.has(layout::flag::replyTo)) {
      return calls.post(to, schemaId, bytes, bytesLength, layout::flag::reply | layout::flag::correlation,
                        request.correlation());
    }
    return layout::outcome::noSuchEndpoint;
  } catch (...) {
    return calls.refuse(layout::outcome::backPressured, to, schemaId);
  }
}

std::int64_t HandlerCalls::hostNow(talaria_call* call) noexcept {
  const auto& calls = *static_cast<HandlerCalls*>(call);
  Worker* worker = calls.worker_;
  if (worker == nullptr) {
    return calls.replayNowNs_;
  }
  return worker->nowNs();
}

std::int32_t HandlerCalls::post(Address to, std::int32_t schemaId, const void* bytes,
                                std::int32_t bytesLength, std::uint16_t flags, std::uint64_t correlation) {
  if (worker_ == nullptr) {
    return layout::outcome::accepted;  // R22
  }
  if (worker_->journaled_) {
    flags |= layout::flag::cause;
  }
  if (record_.has(layout::flag::trace)) {
    flags |= layout::flag::trace;
  }
  const std::int32_t recordBytes = RecordView::headerLength(flags) + bytesLength;
  const Row self = worker_->region_.row(record_.target());
  if (!ensureSequence(self)) {
    return refuse(layout::outcome::backPressured, to, schemaId);
  }
  worker_->outbox_.expect();
  std::int32_t place = like_.home.shard();
  if (isLike(to, schemaId, bytesLength) && worker_->outbox_.placeOf(place) == place) {
    worker_->outbox_.makeRoom(place, recordBytes);
  } else {
    const std::int32_t outcome = admit(to, schemaId, bytesLength, recordBytes, place);
    if (outcome != layout::outcome::accepted) {
      return refuse(outcome, to, schemaId);
    }
    like_ = {to, schemaId, bytesLength, worker_->region_.row(to.index).home()};
  }
  worker_->flushEarly(place);
  Bytes* record = worker_->outbox_.gather(place, recordBytes);
  // R27: the sequence counts accepted messages; from here on nothing refuses this one.
  const std::int64_t sequence = nextSequence(self);
  const Envelope envelope{.type = schemaId,
                          .target = to,
                          .flags = flags,
                          .senderId = self.read<std::int32_t>(layout::row::senderId),
                          .sequence = static_cast<std::int32_t>(sequence),
                          .correlation = correlation,
                          .cause = record_.id(),
                          .trace = record_.trace()};
  Bytes* payloadAt = envelope.encode(record);
  copyPayload(payloadAt, bytes, bytesLength);
  worker_->block_.count<std::int64_t>(layout::worker::accepted, 1);
  ordinal_++;
  return layout::outcome::accepted;
}

/** Whether admit() would say of this send what it said of the last, ACCEPTED: one word tells. */
bool HandlerCalls::isLike(Address to, std::int32_t schemaId, std::int32_t bytesLength) const {
  return bytesLength == like_.bytesLength && schemaId == like_.schemaId && to.bits() == like_.to.bits() &&
         worker_->region_.row(to.index).home().bits == like_.home.bits && !like_.home.counted() &&
         like_.home.state() == layout::homeState::live &&
         worker_->region_.shard(like_.home.shard()).read<std::int64_t>(layout::shard::overflowBytes) == 0;
}

/**
 * Design 16.6: behind 2^31 - 1 the endpoint goes on under a new id, from 1. Java gives it and journals whom
 * it succeeds: before the send is admitted, so before a message with it can be seen, and while a failure
 * still refuses.
 */
bool HandlerCalls::ensureSequence(Row self) const {
  const std::atomic_ref<std::int64_t> sequence = self.at<std::int64_t>(layout::row::sequence);
  if (sequence.load(std::memory_order_relaxed) != std::numeric_limits<std::int32_t>::max()) {
    return true;
  }
  if (!worker_->engine_.succeed(record_.target(), worker_->worker_)) {
    return false;
  }
  sequence.store(0, std::memory_order_release);
  return true;
}

std::int64_t HandlerCalls::nextSequence(Row self) {
  const std::int64_t sequence = self.read<std::int64_t>(layout::row::sequence) + 1;
  self.at<std::int64_t>(layout::row::sequence)
      .store(sequence, std::memory_order_release);  // monitors read it
  return sequence;
}

std::int32_t HandlerCalls::admit(Address to, std::int32_t schemaId, std::int32_t bytesLength,
                                 std::int32_t recordBytes, std::int32_t& place) {
  const Region& region = worker_->region_;
  if (bytesLength < 0 || bytesLength > region.maxMessageBytes() ||
      schemaId < layout::record::firstMessageType) {
    return layout::outcome::tooLarge;
  }
  if (!region.holds(to.index)) {
    return layout::outcome::noSuchEndpoint;
  }
  const Row row = region.row(to.index);
  const Home home = row.home();  // R15: the first read; the second is the flush's
  if (home.generation() != to.generation || home.state() == layout::homeState::free ||
      home.state() == layout::homeState::stopped || home.shard() < 0 || home.shard() >= region.shardCount()) {
    return layout::outcome::noSuchEndpoint;
  }
  if (home.state() == layout::homeState::closed) {
    return layout::outcome::closed;
  }
  const std::int32_t shard = home.shard();
  place = worker_->outbox_.placeOf(shard);
  // R17: the hard limit is decided here, so that the flush never refuses. R24 comes after it: an admitted
  // count is never taken back.
  const std::int64_t waiting = region.shard(shard).read<std::int64_t>(layout::shard::overflowBytes);
  if (waiting > 0 && waiting + worker_->outbox_.gathered(place) + recordBytes > region.overflowHardBytes()) {
    return layout::outcome::backPressured;
  }
  worker_->outbox_.makeRoom(place, recordBytes);
  return home.counted() ? takePlace(row, home) : layout::outcome::accepted;
}

/** R24: a place in the target's mailbox. */
std::int32_t HandlerCalls::takePlace(Row row, Home home) {
  const std::atomic_ref<std::int64_t> sent = row.at<std::int64_t>(layout::row::sent);
  const std::int64_t capacity = row.read<std::int32_t>(layout::row::capacity);
  std::int64_t count = sent.load(std::memory_order_relaxed);
  do {
    // Acquire: pairs with the drainer's release of `done`. BLOCK from a handler never waits: it counts, and
    // may go over.
    const bool full =
        home.bounded() &&
        count - row.at<std::int64_t>(layout::row::done).load(std::memory_order_acquire) >= capacity;
    if (full && home.policy() == layout::policy::fail) {
      return layout::outcome::backPressured;
    }
    if (full && home.policy() == layout::policy::dropNewest) {
      return layout::outcome::dropped;
    }
  } while (!sent.compare_exchange_weak(count, count + 1,
                                       std::memory_order_acq_rel));  // R24: pairs with other senders' CAS
  if (home.displaces()) {
    row.at<std::int32_t>(layout::row::laneSent + 4 * layout::priority::normal)
        .fetch_add(1, std::memory_order_acq_rel);
    // As Envelope.displace: what was given up is read before what is done.
    const std::int32_t skipped = row.at<std::int32_t>(layout::row::skipped).load(std::memory_order_acquire);
    const std::atomic_ref<std::int32_t> skip = row.at<std::int32_t>(layout::row::skip);
    const std::int64_t waiting =
        sent.load(std::memory_order_acquire) -
        row.at<std::int64_t>(layout::row::done).load(std::memory_order_acquire) -
        static_cast<std::int32_t>(static_cast<std::uint32_t>(skip.load(std::memory_order_acquire)) -
                                  static_cast<std::uint32_t>(skipped));
    if (home.bounded() && home.policy() == layout::policy::dropOldest && waiting > capacity) {
      skip.fetch_add(1, std::memory_order_acq_rel);
    }
  }
  return layout::outcome::accepted;
}

std::int32_t HandlerCalls::refuse(std::int32_t outcome, Address to, std::int32_t schemaId) {
  if (worker_ != nullptr) {
    worker_->block_.count<std::int64_t>(layout::worker::refused, 1);
    if (worker_->journaled_) {
      worker_->log_.outcome(worker_->lane_, outcome, worker_->turn_, position_, to, schemaId,
                            ordinal_);  // R22
    }
  }
  ordinal_++;
  return outcome;
}

}  // namespace talaria::core
