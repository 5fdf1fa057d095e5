/* The fence that outside senders leave out, and the membarrier by which the drainer makes up for it: BOARD-4, R3, R5. x86-TSO.
 *
 * The shard's word `unfenced`, written by its owner alone (seq_cst):
 *   sender   commit (release); reads `unfenced`: 0 -> full fence; look: READY not set -> set it (read-modify-write)
 *   drainer  take: READY -> OWNED; handles what it sees; at any time within a stay it may set `unfenced` to 1. Leaving with something
 *            left: READY, the word as it is. Nothing left, and the word was 1 (or a membarrier is owed): clears the word, membarrier,
 *            looks once more, and only then CAS OWNED -> IDLE. A membarrier that fails is owed: the shard is left READY, until one
 *            succeeds, and the word is never set again.
 *   membarrier  every sender's store buffer is empty at some time between its begin and its end
 * A shard that is READY and unowned is taken sooner or later: that nobody sleeps beside it is state.pml's matter.
 *
 * Claim: whatever was sent is handled, and no shard is run by two at once.
 * A word that stays 1 at IDLE would lose nothing, as the next owner reads it; it is cleared so that senders to a quiet shard cost
 * nobody a membarrier.
 *
 * Sizes: NP senders, MS sends each, two drainers, one shard; FAILS: so many membarriers may fail.
 *
 * Seeded faults:
 *   -DNO_MEMBARRIER      the word is cleared, and the second look follows at once
 *   -DNO_SECOND_LOOK     nobody looks behind the membarrier
 *   -DCLEAR_AFTER        (-DMS=2) the word is cleared after the membarrier
 *   -DFAILURE_IGNORED    (-DFAILS=1) a membarrier that failed counts as one that succeeded
 *   -DFAILURE_FORGOTTEN  (-DFAILS=1) left READY once, and then nobody remembers that a membarrier is owed
 */
#ifndef NP
#define NP 2
#endif
#ifndef MS
#define MS 1
#endif
#ifndef FAILS
#define FAILS 0
#endif
#define R (NP*MS)
#define STATE 0
#define UNFENCED 1
#define LEN(i) (2+(i))
#define NADDR (2+R)
#define NT NP                 /* a drainer's stores that matter here are all read-modify-writes or seq_cst */
#include "tso.h"

#define IDLE 0
#define READY 1
#define OWNED 2

byte tail, head, handled, running, fails;
bool owed;                    /* the owner's: handed over by the state word */
bool stopped;                  /* a membarrier has failed: no more leaving out */

proctype Sender(byte p) { byte n, pos, seen;
  do
  :: n < MS ->
     atomic { FLUSHED(p) -> pos = tail; tail++ };                           /* claim */
     ST(p, LEN(pos), 1);                                                    /* commit */
     LD(p, UNFENCED, seen);
     if
     :: seen == 0 -> FLUSHED(p)                                             /* the fence of R3 */
     :: else
     fi;
     LD(p, STATE, seen);                                                    /* look */
     if
     :: (seen & READY) == 0 -> atomic { FLUSHED(p) -> mem[STATE] = mem[STATE] | READY }
     :: else
     fi;
     atomic { n++; pos = 0; seen = 0 }
  :: else -> break
  od }

/* Empty at some time each, one after the other: in any order is no more than that, as nothing else is waited for. */
inline membarrier() {
  failed = false;
  if
  :: fails < FAILS -> atomic { fails++; failed = true }
  :: FLUSHED(0);
#if NP > 1
     FLUSHED(1);
#endif
#if NP > 2
     FLUSHED(2);
#endif
     skip
  fi }

inline lookForMore() {
  if
  :: head < R -> if :: mem[LEN(head)] == 1 -> left = true :: else fi
  :: else
  fi }

inline leftUnseen() {
#ifndef CLEAR_AFTER
  mem[UNFENCED] = 0;
#endif
#ifdef NO_MEMBARRIER
  failed = false;
#else
  membarrier();
#endif
#ifdef CLEAR_AFTER
  mem[UNFENCED] = 0;
#endif
#ifdef FAILURE_IGNORED
  failed = false;
#endif
#ifndef FAILURE_FORGOTTEN
  owed = failed;
#endif
  if
  :: failed -> atomic { stopped = true; left = true }
  :: else ->
#ifndef NO_SECOND_LOOK
     lookForMore()
#else
     skip
#endif
  fi }

proctype Drainer() { bool unfenced, left, failed;
end: do
  :: atomic { mem[STATE] == READY -> mem[STATE] = OWNED };                  /* take */
     assert(running == 0); running = 1;
     unfenced = (mem[UNFENCED] == 1 || owed);
     do
     :: head < R ->
        if
        :: mem[LEN(head)] == 1 -> atomic { head++; handled++ }
        :: mem[LEN(head)] == 0 -> break
        fi
     :: !unfenced && !stopped -> mem[UNFENCED] = 1; unfenced = true
     :: break                                                               /* the batch is full, or nothing is left */
     od;
     left = false;
     lookForMore();
     if
     :: !left && unfenced -> leftUnseen()
     :: else
     fi;
     running = 0;
     if
     :: !left -> atomic { if :: mem[STATE] == OWNED -> mem[STATE] = IDLE :: else -> left = true fi }
     :: else
     fi;
     if
     :: left -> mem[STATE] = READY
     :: else
     fi;
     atomic { unfenced = false; left = false; failed = false }
  od }

init { byte i;
  atomic {
    run Memory();
    for (i : 0 .. NP-1) { run Sender(i) }
    run Drainer(); run Drainer()
  }
end: timeout -> assert(handled == R) }
