/* A ring with a journaler behind the drainer (ASYNC) or before it (-DWRITE_AHEAD): R21, R5, and the positions of R3. x86-TSO.
 *
 * Three words: `drained` (the drainer's), `journaled` (the journaler's) and `head` (the owner's): only the owner of the shard zeroes
 * records and advances `head`, to the smaller of the other two. So a slot may hold a record that was handled long ago, at a
 * position where nothing was written yet in this lap: a positive length proves nothing, the tail does.
 *   journaler  copies what is committed below the tail, publishes `journaled` (seq_cst), then looks at the shard as a producer does (R5)
 *   worker     takes the shard, reads tail and `journaled`, drains (WRITE_AHEAD: no further than `journaled`), reclaims, leaves by CAS
 *   producer   blocked by timed polls while the ring is full; else claim, commit, fence, look
 * The worker sleeps while the state word is not READY (waking it: state.pml). One producer: its position is its message's number.
 *
 * Claim: every message is accepted, handled once and in order, journaled once and in order; in WRITE_AHEAD never handled before it
 * is journaled; a producer claims only zeroed memory; nobody waits for ever.
 *
 * Sizes: NM messages, a ring of CAP records.
 *
 * Seeded faults:
 *   -DNO_LOOK          the journaler does not look at the shard again
 *   -DJ_RELEASE        `journaled` is a release store, and the look is not behind a fence
 *   -DBY_LENGTH        what is there to read is judged by a positive length, without the tail
 *   -DJOURNALER_HEAD   the journaler advances `head`, in place of the owner
 *   -DBOTH_RECLAIM     whoever of the two is last advances `head`
 *   -DHEAD_FIRST       `head` is advanced before the records are zeroed
 *   -DHEAD_IS_DRAINED  `head` follows `drained` alone, though the journal is behind (ASYNC)
 *   -DRUN_AHEAD        WRITE_AHEAD, and the drainer does not heed `journaled`
 */
#ifndef NM
#define NM 4
#endif
#ifndef CAP
#define CAP 2
#endif
#define STATE 0
#define JOURNALED 1
#define HEAD 2
#define LEN(i) (3+((i)%CAP))          /* 0: nothing written, else the number of the message + 1 */
#define NADDR (3+CAP)
#define NT 3
#define PRODUCER 0
#define JOURNALER 1
#define WORKER 2
#define SBN 3
#include "tso.h"

#define IDLE 0
#define READY 1
#define OWNED 2

byte tail, drained, copied;
#ifdef BY_LENGTH
#define THERE(p,limit) (mem[LEN(p)] != 0)
#else
#define THERE(p,limit) (p < limit && mem[LEN(p)] != 0)
#endif

inline look(t) {
  LD(t, STATE, s);
  if :: (s & READY) == 0 -> atomic { FLUSHED(t) -> mem[STATE] = mem[STATE] | READY } :: else fi;
  s = 0 }

proctype Producer() { byte n, h, s;
  do
  :: n < NM ->
     do
     :: LD(PRODUCER, HEAD, h);
        if :: n - h < CAP -> break :: else -> mem[HEAD] != h fi             /* one poll, and then the next that tells something new */
     od;
     atomic { FLUSHED(PRODUCER) -> assert(mem[LEN(n)] == 0); tail++ };
     ST(PRODUCER, LEN(n), n+1);
     FLUSHED(PRODUCER);                                                     /* R3; the journaler's own look would cover for it, an engine without a journal has none */
     look(PRODUCER);
     atomic { n++; h = 0 }
  :: else -> break
  od }

proctype Journaler() { byte j, s, h;
  do
  :: j < NM ->
     THERE(j, tail);                                                        /* polls on its own */
     assert(mem[LEN(j)] == j+1);
     atomic { copied++; j++ };
#ifdef J_RELEASE
     ST(JOURNALER, JOURNALED, j);
#else
     SC(JOURNALER, JOURNALED, j);
#endif
#if defined(BOTH_RECLAIM) || defined(JOURNALER_HEAD)
     LD(JOURNALER, HEAD, h);
     do
     :: h < drained && h < j -> ST(JOURNALER, LEN(h), 0); h++
     :: else -> break
     od;
     ST(JOURNALER, HEAD, h); h = 0;
#endif
#ifndef NO_LOOK
     look(JOURNALER)
#endif
  :: else -> break
  od }

proctype Worker() { byte j, h, tl; bool left;
end: do
  :: atomic { FLUSHED(WORKER) && mem[STATE] == READY -> mem[STATE] = OWNED };
     tl = tail;
     LD(WORKER, JOURNALED, j);
     do
#if defined(WRITE_AHEAD) && !defined(RUN_AHEAD)
     :: drained < NM && drained < j && THERE(drained, tl) ->
#else
     :: drained < NM && THERE(drained, tl) ->
#endif
        assert(mem[LEN(drained)] == drained + 1);
#ifdef WRITE_AHEAD
        assert(drained < copied);
#endif
        drained++
     :: else -> break
     od;
#ifndef JOURNALER_HEAD
     LD(WORKER, HEAD, h);
#ifdef HEAD_FIRST
     tl = h;
     do :: h < drained && h < j -> h++ :: else -> break od;
     ST(WORKER, HEAD, h);
     do :: tl < h -> ST(WORKER, LEN(tl), 0); tl++ :: else -> break od;
#else
#ifdef HEAD_IS_DRAINED
     do :: h < drained -> ST(WORKER, LEN(h), 0); h++ :: else -> break od;
#else
     do :: h < drained && h < j -> ST(WORKER, LEN(h), 0); h++ :: else -> break od;
#endif
     ST(WORKER, HEAD, h);                                                   /* release: behind the zeros */
#endif
#endif
     /* Nothing left that was mine to do: what is open, or not journaled yet, is announced by whoever finishes it. */
     atomic { FLUSHED(WORKER) -> if :: mem[STATE] == OWNED -> mem[STATE] = IDLE; left = true :: else -> left = false fi };
     if :: !left -> atomic { FLUSHED(WORKER) -> mem[STATE] = READY } :: else fi;
     atomic { j = 0; h = 0; tl = 0; left = false }
  od }

init {
  atomic { run Memory(); run Producer(); run Journaler(); run Worker() }
end: timeout -> assert(tail == NM); assert(drained == NM); assert(mem[JOURNALED] == NM); assert(mem[HEAD] == NM) }
