#include "route/handlers.hpp"

#include <dlfcn.h>

#include <array>
#include <stdexcept>

#include "memory/layout_hash.hpp"

namespace talaria::core {

static_assert(layout::kHash == TALARIA_LAYOUT_HASH,
              "layout.hpp changed: put the hash that test_memory prints into handler_abi.h");

Handlers::~Handlers() {
  for (void* library : libraries_) {
    dlclose(library);
  }
}

const Handler* Handlers::find(const std::string& library, const std::string& name) {
  const std::lock_guard lock(mutex_);
  void* loaded = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) {
    throw std::runtime_error(dlerror());
  }
  libraries_.push_back(loaded);  // one dlclose for every dlopen, when the engine closes
  const std::string symbol = "talaria_handler_" + name;
  const auto entry = reinterpret_cast<talaria_handler_entry>(dlsym(loaded, symbol.c_str()));
  if (entry == nullptr) {
    throw std::runtime_error("no handler '" + name + "' in " + library + " (TALARIA_HANDLER exports " +
                             symbol + ")");
  }
  const talaria_handler_descriptor* descriptor = entry();
  if (descriptor->abi_version != TALARIA_HANDLER_ABI ||
      descriptor->size != static_cast<std::int32_t>(sizeof(talaria_handler_descriptor))) {
    throw std::runtime_error("handler '" + name + "' was built for handler ABI " +
                             std::to_string(descriptor->abi_version) + ", this core has " +
                             std::to_string(TALARIA_HANDLER_ABI));
  }
  if (descriptor->layout_hash != layout::kHash) {
    throw std::runtime_error("handler '" + name + "' was built for another memory layout: rebuild " +
                             library);
  }
  for (const Handler& handler : handlers_) {
    if (handler.descriptor == descriptor) {
      return &handler;
    }
  }
  Handler handler{descriptor, {}};
  handler.schemas.assign(descriptor->accepted, descriptor->accepted + descriptor->accepted_count);
  for (const talaria_schema_node* node = descriptor->sent(); node != nullptr; node = node->next) {
    handler.schemas.push_back(node->schema);
  }
  return &handlers_.emplace_back(std::move(handler));
}

void Handlers::create(const Handler& handler, std::int32_t endpoint) {
  const Row row = this->row(endpoint);
  if (instance(endpoint) != nullptr) {
    throw std::runtime_error("the endpoint has an instance");
  }
  if (row.read<std::int32_t>(layout::row::senderId) == 0) {
    throw std::runtime_error("the endpoint has no sender id");
  }
  std::array<char, 512> error{};
  void* state = handler.descriptor->create(error.data(), static_cast<std::int32_t>(error.size()));
  if (state == nullptr) {
    throw std::runtime_error(std::string("the constructor of handler '") + handler.descriptor->name +
                             "' threw: " + error.data());
  }
  auto* made = new HandlerInstance{handler.descriptor, state};
  // Release: the drainer that dispatches finds the instance complete; it saw the row's home word, which is
  // written after this.
  row.at<std::int64_t>(layout::row::instance)
      .store(reinterpret_cast<std::intptr_t>(made), std::memory_order_release);
}

void Handlers::destroy(std::int32_t endpoint) {
  HandlerInstance* made = instance(endpoint);
  if (made == nullptr) {
    throw std::runtime_error("the endpoint has no instance");
  }
  row(endpoint)
      .at<std::int64_t>(layout::row::instance)
      .store(0, std::memory_order_release);  // pairs with create
  made->descriptor->destroy(made->state);
  delete made;
}

std::int32_t Handlers::replay(std::int32_t endpoint, Bytes* record, std::int64_t nowNs, std::string& text) {
  const HandlerInstance* made = instance(endpoint);
  if (made == nullptr) {
    throw std::runtime_error("the endpoint has no instance");
  }
  HandlerCalls calls(nullptr);
  calls.replayAt(nowNs);
  calls.expect(RecordView(record));
  const std::int32_t reason = calls.run(*made, RecordView(record), -1);
  text = calls.text();
  return reason;
}

std::int64_t Handlers::snapshot(std::int32_t endpoint, void* buffer, std::int64_t capacity) {
  const HandlerInstance* made = instance(endpoint);
  if (made == nullptr) {
    throw std::runtime_error("the endpoint has no instance");
  }
  const std::int64_t needed = made->descriptor->snapshot(made->state, buffer, capacity);
  if (needed == -2) {
    throw std::runtime_error("the handler's snapshot threw");
  }
  return needed;
}

Row Handlers::row(std::int32_t endpoint) const {
  if (!engine_.region().holds(endpoint)) {
    throw std::runtime_error("no such endpoint row");
  }
  return engine_.region().row(endpoint);
}

HandlerInstance* Handlers::instance(std::int32_t endpoint) const {
  // Acquire: pairs with create.
  return reinterpret_cast<HandlerInstance*>(
      row(endpoint).at<std::int64_t>(layout::row::instance).load(std::memory_order_acquire));
}

}  // namespace talaria::core
