/*
 * The C API of the Talaria core: the only face that Java sees.
 *
 * Primitives only: addresses and handles are int64_t, so that a binding generates no pointer objects. Every
 * configuration value lies in the region header (docs/layout.md), which the caller has written before
 * talaria_engine_open. No function throws. Functions that fail return a negative number and leave a text for
 * talaria_last_error (per thread).
 */
#ifndef TALARIA_TALARIA_H
#define TALARIA_TALARIA_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this API; a caller built for another version must not go on. */
int32_t talaria_abi_version(void);

/** FNV-1a of talaria_layout_text: must equal the caller's own (docs/layout.md). */
int64_t talaria_layout_hash(void);

/** The text that is hashed, `name=value;` for every layout constant: tells which side differs. Static
 * storage. */
const char* talaria_layout_text(void);

/** What went wrong last on this thread; never NULL. Valid until the next failing call of this thread. */
const char* talaria_last_error(void);

/**
 * Consecutive committed records for Java endpoints, in ring order, handed up as one block.
 *
 * address, lengthBytes: the block (whole records, padding records included). position: ring position of its
 * first byte. lane, worker: whose records, and who drains. user: what talaria_engine_open was given; a
 * binding with one static callback tells its engines apart by it. Returns records handled in bits 0-31 and
 * records dead-lettered in bits 32-62, or a negative number when the call failed as a whole: the drainer then
 * resumes behind the record published in the worker's `position` (R13).
 */
typedef int64_t (*talaria_block_handler)(int64_t user, int64_t address, int32_t lengthBytes, int64_t position,
                                         int32_t lane, int32_t worker);

/**
 * One record that C++ could not handle: the handler threw, or there is none for it.
 *
 * record: address of the record, valid during the call. reason: a reason code of docs/layout.md. text: what
 * went wrong, never NULL, valid during the call. user, lane, worker: as for talaria_block_handler. Must not
 * throw.
 */
typedef void (*talaria_failure_handler)(int64_t user, int64_t record, int32_t reason, const char* text,
                                        int32_t lane, int32_t worker);

/**
 * A C++ endpoint has used up the sequence of its sender id (2^31 - 1 messages), and is about to send.
 *
 * endpoint: its index. user, worker: as for talaria_block_handler. Takes a later id, makes it known as the
 * successor of the one in the endpoint's row (`senderId`), stores it there and returns it; or returns a
 * number below 1: none can be had, and the send is refused. Must not throw.
 */
typedef int32_t (*talaria_succession_handler)(int64_t user, int32_t endpoint, int32_t worker);

/**
 * Opens an engine over a region and an endpoint table that the caller has mapped and initialised.
 * user is handed back as the first argument of all callbacks; the core never looks at it.
 * Returns a handle, or a negative number. The mapping must outlive the engine.
 */
int64_t talaria_engine_open(int64_t region, int64_t endpoints, talaria_block_handler onBlock,
                            talaria_failure_handler onFailure, talaria_succession_handler onSuccession,
                            int64_t user);

/** Tells the time of the engine's clock, in nanoseconds. user: as for talaria_block_handler. Must not throw.
 */
typedef int64_t (*talaria_clock_handler)(int64_t user);

/** From now on the engine's time is what onClock says, asked once a turn and for records that expire; without
 * it, it is the machine's monotonic clock plus the header's clockOffsetNs. Before any worker runs. Returns 0.
 */
int32_t talaria_engine_clock(int64_t engine, talaria_clock_handler onClock);

/** Frees the engine. Every worker must have returned from talaria_worker_run. */
int32_t talaria_engine_close(int64_t engine);

/** Runs the drain loop of one worker on the calling thread until engineState is 3 (stopping) or more. Returns
 * 0. */
int32_t talaria_worker_run(int64_t engine, int32_t worker);

/** One lap of the same duty cycle on the calling thread; never parks. Returns the records handled, dead or
 * flushed. */
int32_t talaria_worker_invoke(int64_t engine, int32_t worker);

/** Wakes a worker that the caller has taken out of the parked set (R6). Any thread. */
void talaria_unpark(int64_t engine, int32_t worker);

/**
 * Appends whole records to the overflow of a lane (R16). Called by a drainer whose gathered sends found the
 * lane's ring full. These sends were accepted when they were gathered, where the hard limit was looked at:
 * it does not count here. Returns 0, or 1 (BACK_PRESSURED: there is no memory, and nothing was appended), or
 * a negative number: no such lane.
 */
int32_t talaria_overflow_append(int64_t engine, int32_t lane, int64_t records, int32_t lengthBytes);

/** Moves what fits of a lane's overflow into its ring: by the holder of its shard where that is a receiver.
 * Returns the records moved, or a negative number: no such lane. */
int32_t talaria_overflow_flush(int64_t engine, int32_t lane);

/** The overflow bytes of a lane that wait now. Any thread. */
int64_t talaria_overflow_bytes(int64_t engine, int32_t lane);

/**
 * Loads a handler library (talaria/handler.h) and looks up one handler. Returns a handle to its descriptor,
 * or a negative number: not found, wrong version, wrong layout. Libraries stay loaded until the engine
 * closes.
 */
int64_t talaria_handler_find(int64_t engine, const char* libraryPath, const char* symbol);

/** Number of message schemas that the handler accepts or sends, and its i-th schema id; layout texts for
 * error messages. */
int32_t talaria_handler_schema_count(int64_t handler);
int32_t talaria_handler_schema_id(int64_t handler, int32_t i);
const char* talaria_handler_schema_layout(int64_t handler, int32_t i);

/**
 * Creates an instance of the handler for one endpoint and stores it in the endpoint's row (`instance`). The
 * row's `senderId` must be set. Returns 0 or a negative number (the handler's constructor threw: see
 * talaria_last_error).
 */
int32_t talaria_handler_create(int64_t engine, int64_t handler, int32_t endpoint);

/** Destroys the instance of an endpoint; called between turns by the holder of its shard, or after the
 * workers have stopped. */
int32_t talaria_handler_destroy(int64_t engine, int32_t endpoint);

/**
 * Feeds one record to the endpoint's handler outside any turn, sends suppressed: for replay. nowNs is what
 * the handler's context says. Returns 0 or a negative number when the handler threw.
 */
int32_t talaria_handler_replay(int64_t engine, int32_t endpoint, int64_t record, int64_t nowNs);

/** Writes the handler's snapshot (Snapshot of design 16.17) into buffer; returns its length, −1 if it has
 * none, or −2 − needed if too small. */
int32_t talaria_handler_snapshot(int64_t engine, int32_t endpoint, int64_t buffer, int32_t capacityBytes);

/** Waits until the int32 at address differs from expected, at most timeoutNs (negative: for ever). Spurious
 * returns are allowed. */
void talaria_wait(int64_t address, int32_t expected, int64_t timeoutNs);

/** Wakes every waiter on the int32 at address. */
void talaria_wake(int64_t address);

/** Frees a block that native code allocated for Java to take over (waiter's `external` with allocator 2). */
void talaria_free(int64_t address);

/** Gives the pages of a closed region back to the system; the mapping stays valid and reads as zero. Returns
 * 0 or negative. */
int32_t talaria_release_pages(int64_t address, int64_t lengthBytes);

#ifdef __cplusplus
}
#endif

#endif
