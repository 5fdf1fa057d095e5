/*
 * The C ABI between the Talaria core and a library of C++ handlers. Authors include talaria/handler.h; nobody
 * fills this in by hand. No exception crosses it, in either direction. A change here raises
 * TALARIA_HANDLER_ABI.
 */
#ifndef TALARIA_HANDLER_ABI_H
#define TALARIA_HANDLER_ABI_H

#include <stdint.h>

#define TALARIA_HANDLER_ABI 1

/* The layout hash this header was written for; the core asserts that it is its own. */
#define TALARIA_LAYOUT_HASH INT64_C(-2864210205494104405)

/* What handle() returns; the numbers are reason codes of docs/layout.md. */
#define TALARIA_HANDLED 0
#define TALARIA_HANDLER_FAILED 4
#define TALARIA_UNKNOWN_SCHEMA 5
#define TALARIA_BAD_RECORD 10

#ifdef __cplusplus
extern "C" {
#endif

struct talaria_schema {
  int32_t id;
  int32_t fixed_length;
  const char* name;
  const char* layout;
};

struct talaria_schema_node {
  struct talaria_schema schema;
  const struct talaria_schema_node* next;
};

struct talaria_call;

/* What the core does for a handler. Outcomes are the codes of docs/layout.md. */
struct talaria_host {
  uint32_t size;
  int32_t (*send)(struct talaria_call* call, uint64_t address, int32_t schema_id, const void* payload,
                  int32_t length);
  int32_t (*reply)(struct talaria_call* call, int32_t schema_id, const void* payload, int32_t length);
  int64_t (*now_ns)(struct talaria_call* call);
};

/* One message being handled; valid during handle() only. */
struct talaria_call {
  const struct talaria_host* host;
  const void* payload;
  int32_t length;
  int32_t schema_id;
  uint64_t self;
  uint64_t reply_to; /* 0: no endpoint waits for a reply */
  int32_t sender;
  int32_t sequence;
  char* error; /* where handle() leaves the text of an exception */
  int32_t error_capacity;
};

struct talaria_handler_descriptor {
  int32_t abi_version;
  int32_t size;
  int64_t layout_hash;
  const char* name;
  const struct talaria_schema* accepted;
  int32_t accepted_count;
  const struct talaria_schema_node* (*sent)(void);      /* schemas that the library sends or replies */
  void* (*create)(char* error, int32_t error_capacity); /* NULL: threw */
  void (*destroy)(void* instance);
  int32_t (*handle)(void* instance, struct talaria_call* call);
  int64_t (*snapshot)(void* instance, void* buffer,
                      int64_t capacity); /* bytes needed, or -1: none; -2: threw */
};

/* A library exports `talaria_handler_<name>`, a function of this type, for every handler. */
typedef const struct talaria_handler_descriptor* (*talaria_handler_entry)(void);

#ifdef __cplusplus
}
#endif

#endif
