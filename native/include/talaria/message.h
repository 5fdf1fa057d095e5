/*
 * What generated message headers need: freestanding, for C++ handlers and device kernels alike.
 *
 * A message is a struct that lies in a record's payload as it is: fixed part first, 8-byte aligned, variable
 * tails behind it. The generator gives every struct four constants: schema_id, schema_name, schema_layout,
 * fixed_length.
 */
#ifndef TALARIA_MESSAGE_H
#define TALARIA_MESSAGE_H

#include <stdint.h>

#if defined(__CUDACC__)
#define TALARIA_ANYWHERE __host__ __device__
#else
#define TALARIA_ANYWHERE
#endif

namespace talaria {

/** A variable field: where its bytes lie, counted from the start of the payload, and how many they are. */
struct tail {
  uint32_t offset;
  uint32_t length;
};

/** An endpoint's address: index in bits 0-31, generation in bits 32-47. */
struct address {
  uint64_t bits;

  TALARIA_ANYWHERE explicit operator bool() const { return bits != 0; }
  TALARIA_ANYWHERE friend bool operator==(address a, address b) { return a.bits == b.bits; }
  TALARIA_ANYWHERE friend bool operator!=(address a, address b) { return a.bits != b.bits; }
};

/** The bytes of a variable field of `message`, which must lie where it was received or built, never in a
 * copy. */
template <typename Message>
TALARIA_ANYWHERE const char* tail_data(const Message& message, tail field) {
  return reinterpret_cast<const char*>(&message) + field.offset;
}

/** The same as an array of fixed-size elements. */
template <typename Element, typename Message>
TALARIA_ANYWHERE const Element* tail_elements(const Message& message, tail field) {
  return reinterpret_cast<const Element*>(tail_data(message, field));
}

}  // namespace talaria

#endif
