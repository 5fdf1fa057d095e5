// A growing piece of plain memory for records; keeps its memory when emptied. One thread at a time.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "memory/atomics.hpp"

namespace talaria::core {

class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { std::free(data_); }

  [[nodiscard]] Bytes* data() const { return data_; }
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  void clear() { size_ = 0; }

  /** Room for `bytes` more at the end, uninitialised. Throws std::bad_alloc before anything changed. */
  Bytes* extend(std::int64_t bytes) {
    reserve(bytes);
    Bytes* end = data_ + size_;
    size_ += bytes;
    return end;
  }

  /** Makes sure that the next `bytes` need no memory. */
  void reserve(std::int64_t bytes) {
    if (size_ + bytes > capacity_) {
      const std::int64_t wanted = std::max<std::int64_t>({size_ + bytes, 2 * capacity_, 4096});
      void* grown = std::realloc(data_, static_cast<std::size_t>(wanted));
      if (grown == nullptr) {
        throw std::bad_alloc();
      }
      data_ = static_cast<Bytes*>(grown);
      capacity_ = wanted;
    }
  }

  void append(const Bytes* bytes, std::int64_t length) {
    std::memcpy(extend(length), bytes, static_cast<std::size_t>(length));
  }

 private:
  Bytes* data_ = nullptr;
  std::int64_t size_ = 0;
  std::int64_t capacity_ = 0;
};

}  // namespace talaria::core
