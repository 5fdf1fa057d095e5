/* Closing: R28, with the second read of R15, the counts of R27 and the blocked sender of R18. x86-TSO.
 *
 *   sender   read home: CLOSED -> outcome CLOSED; ring full -> a timed poll that starts again at this read; claim (CAS of the tail);
 *            read home again: changed -> abort (padding) and outcome CLOSED; count it accepted; commit
 *   control  home words CLOSED (seq_cst), then the tail T of the shard; the worker drains to T; after the deadline the rest up to T goes to
 *            dead letters; join; the memory is let go when no sender can touch it any more
 *   reader   a tool in another thread: handled and dead first, accepted last
 *
 * Claim: accepted = handled + dead when all is quiet, and never less at any moment for the reader; whoever sends after the close is
 * told CLOSED and nobody waits for ever or touches memory that is gone; nothing is handled behind T.
 *
 * Sizes: NP senders, MS messages each, a ring of CAP records. Positions are not reused here (journal.pml has that).
 *
 * Seeded faults:
 *   -DNO_SECOND_READ  no look at the home word after the claim
 *   -DT_FIRST         T is read before the home word is written
 *   -DHOME_RELEASE    the home word is written by a release store
 *   -DDROP_OPEN       an open claim below T is not waited for: the drain ends there
 *   -DREST_FORGOTTEN  after the deadline the rest is thrown away, uncounted
 *   -DUNMAP           the memory goes when the drain is done
 *   -DWAIT_BLIND      a blocked sender waits for room and does not look at the home word meanwhile (-DCAP=1)
 *   -DCOUNT_LATE      accepted is counted after the commit
 *   -DREAD_EARLY      the reader reads accepted first
 */
#ifndef NP
#define NP 2
#endif
#ifndef MS
#define MS 2
#endif
#ifndef CAP
#define CAP 2
#endif
#define R (NP*MS)
#define HOME 0                   /* LIVE or CLOSED */
#define ACCEPTED(p) (1+(p))      /* a slot for each sender: one writer */
#define SLOT(i) (1+NP+(i))       /* 0 not committed, else PADDING or MESSAGE */
#define NADDR (1+NP+R)
#define NT (NP+1)
#define CONTROL NP
#include "tso.h"

#define LIVE 0
#define CLOSED 1
#define PADDING 1
#define MESSAGE 2

byte tail, head, handled, dead, refused, gone, T;
bool draining, late, drained, unmapped;

proctype Sender(byte p) { byte n, h, pos;
  do
  :: n < MS ->
     LD(p, HOME, h);
     if
     :: h == CLOSED -> atomic { refused++; n++ }
     :: else ->
#ifdef WAIT_BLIND
        tail - head < CAP;
#endif
        assert(!unmapped);
        atomic { FLUSHED(p) -> if :: tail - head < CAP -> pos = tail; tail++ :: else -> h = CLOSED fi };
        if
        :: h == CLOSED                                                      /* full: poll again, from the first read */
        :: else ->
#ifndef NO_SECOND_READ
           LD(p, HOME, h);
#endif
           assert(!unmapped);
           if                                                               /* n is the count: a refusal is final, CLOSED stays */
           :: h == CLOSED -> ST(p, SLOT(pos), PADDING); atomic { refused++; n++ }
           :: else ->
#ifdef COUNT_LATE
              ST(p, SLOT(pos), MESSAGE);
              ST(p, ACCEPTED(p), n+1);
#else
              ST(p, ACCEPTED(p), n+1);
              ST(p, SLOT(pos), MESSAGE);
#endif
              n++
           fi
        fi
     fi;
     atomic { h = 0; pos = 0 }
  :: else -> break
  od;
  FLUSHED(p); gone++ }

proctype Worker() { byte v;
  do
  :: draining && head >= T -> break                                          /* over T: aborted claims that were met before T was known */
  :: (!draining || head < T) && head < tail && mem[SLOT(head)] != 0 ->
     v = mem[SLOT(head)];
     if
     :: v == PADDING
#ifdef REST_FORGOTTEN
     :: v == MESSAGE && draining && late
#else
     :: v == MESSAGE && draining && late -> dead++
#endif
     :: v == MESSAGE && !(draining && late) -> handled++
     fi;
     atomic { head++; v = 0 }
#ifdef DROP_OPEN
  :: draining && head < T && mem[SLOT(head)] == 0 -> break
#endif
  od;
  drained = true }

proctype Control() { byte t;
#ifdef T_FIRST
  t = tail;
#endif
#ifdef HOME_RELEASE
  ST(CONTROL, HOME, CLOSED);
#else
  SC(CONTROL, HOME, CLOSED);
#endif
#ifndef T_FIRST
  t = tail;
#endif
  atomic { T = t; draining = true; t = 0 };
  if :: late = true :: skip fi;                                             /* the deadline passes at some moment, or does not */
  drained;
#ifndef UNMAP
  gone == NP;
#endif
  unmapped = true }

proctype Reader() { byte h, d, a;
#ifdef READ_EARLY
  a = mem[ACCEPTED(0)];
#if NP == 2
  a = a + mem[ACCEPTED(1)];
#endif
#endif
  h = handled;
  d = dead;
#ifndef READ_EARLY
  a = mem[ACCEPTED(0)];
#if NP == 2
  a = a + mem[ACCEPTED(1)];
#endif
#endif
  assert(a >= h + d);
  atomic { h = 0; d = 0; a = 0 } }

init { byte i, a;
  atomic {
    run Memory();
    for (i : 0 .. NP-1) { run Sender(i) }
    run Worker(); run Control(); run Reader()
  }
end: timeout ->
  a = mem[ACCEPTED(0)];
#if NP == 2
  a = a + mem[ACCEPTED(1)];
#endif
  assert(gone == NP && drained);
  assert(a == handled + dead);
  assert(a + refused == NP*MS) }
