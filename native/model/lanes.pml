/* Lanes: a shard with two rings and one state word, served by priority, and the wake-up: R1, R2, R3, R4, R6. x86-TSO.
 *
 *   sender   claim in its lane's ring, commit (release), full fence, look at the SHARD's state word: READY not set -> set it; was IDLE ->
 *            wake one parked worker
 *   worker   take: READY -> OWNED. A turn of at most BUDGET records, visit by visit: looks at each lane's head, the higher first; only one
 *            has something: that one; both: the higher for as many as the lower one's credit allows, and when K higher ones have
 *            passed a record that waits, one of the lower. The count is the shard's: it outlives a turn. An open claim at a head is
 *            nothing to serve, and its lane's neighbour is served all the same. Leave: looks at EVERY lane once more; nothing there
 *            -> CAS OWNED -> IDLE, else, or when that fails, exchange READY
 *   park     join the parked set, read the state word once more, sleep
 * One lane's record may be committed behind the look at that lane while another one is looked at: its sender sets READY beside OWNED.
 *
 * Claim: whatever was sent is handled; in order, of one sender in one lane; no shard is run by two at once; a record of the lower lane
 * that can be seen is passed by at most max(K, BUDGET) higher ones: a visit that began before it came may go on to the end of the batch;
 * nobody runs for nothing: a turn that finds nothing was asked for by a sender's READY (R4: an open claim keeps no worker busy).
 *
 * Sizes: NP senders, MS sends each to lanes of their choice, NW workers.
 *   -DFAIR  sender 0 sends to the higher lane only, sender 1 one record to the lower
 *   -DOPEN  sender 0 claims in a lane of its choice and is not heard of again: the other lane is served to its end, and the workers park
 *
 * Seeded faults:
 *   -DLEAVE_ONE_LANE   leaving looks at the lane that was served last, and not at the other
 *   -DCLEAR_LATE       taking leaves READY set; it is cleared in leaving, behind the look
 *   -DLEAVE_STORE      left by a store of IDLE in place of the CAS
 *   -DOPEN_BLOCKS      (-DOPEN) a claim that is open at the head of the higher lane keeps the lower from being served
 *   -DOPEN_SPINS       (-DOPEN) a claim that is open at a head counts as something left
 *   -DNO_CREDIT        (-DFAIR -DMS=4) the higher lane first, always
 *   -DCREDIT_A_TURN    (-DFAIR -DMS=4) what a lane was passed by is forgotten when a turn ends
 *   -DNO_FENCE         no fence between commit and look
 *   -DLOOK_EARLY       the look comes before the commit
 *   -DPARK_BLIND       parked without reading the state word once more
 */
#ifndef NP
#define NP 2
#endif
#ifndef MS
#define MS 2
#endif
#ifndef NW
#define NW 1
#endif
#ifndef K
#define K 2
#endif
#ifndef BUDGET
#define BUDGET 2
#endif
#define R (NP*MS)
#define STATE 0
#define LEN(l,i) (1+(l)*R+(i))             /* 0 not committed, else RECORD */
#define NADDR (1+2*R)
#define NT NP                              /* the stores of a worker that matter here are all read-modify-writes */
#include "tso.h"

#define IDLE 0
#define READY 1
#define OWNED 2
#define LOW 0
#define HIGH 1
#define RECORD(p,n) (1 + (p)*8 + (n))      /* n: its number among the sender's records of that lane */
#define SENDER(v) (((v)-1) / 8)
#define NUMBER(v) (((v)-1) % 8)
#if K > BUDGET
#define BOUND K
#else
#define BOUND BUDGET
#endif

byte tail[2], head[2], handled, running;
byte next[2*NP];                           /* by lane and sender */
byte passed;                               /* the shard's: higher ones handled while the lower lane had something */
byte since;                                /* the same, counted exactly, for the claim alone */
#ifdef OPEN
byte asked;                                /* READYs that senders set and no empty turn has used up */
byte openLane;
#define ASKED asked++
#else
#define ASKED skip
#endif
byte parked;                               /* bit w: worker w is in the parked set */
byte token[NW];

inline wake(flushed) {
  do
  :: atomic { parked == 0 -> break }
  :: atomic { flushed && (parked & 1) -> parked = parked & ~1 }; token[0] = 1; break
#if NW > 1
  :: atomic { flushed && (parked & 2) -> parked = parked & ~2 }; token[1] = 1; break
#endif
  od }

inline look(p) {
  LD(p, STATE, seen);
  if
  :: (seen & READY) == 0 ->
     atomic { FLUSHED(p) -> old = mem[STATE]; mem[STATE] = old | READY; ASKED };
     if :: old == IDLE -> wake(FLUSHED(p)) :: else fi
  :: else
  fi }

proctype Sender(byte p) { byte n, l, pos, old, seen, sent[2];
  do
  :: n < MS ->
#ifdef FAIR
     atomic { l = (p == 0 -> HIGH : LOW); if :: p == 1 -> n = MS-1 :: else fi };
#else
     if :: l = LOW :: l = HIGH fi;
#endif
     atomic { FLUSHED(p) -> pos = tail[l]; tail[l]++ };                      /* claim */
#ifdef OPEN
     if :: p == 0 -> openLane = l; goto gone :: else fi;
#endif
#ifdef LOOK_EARLY
     look(p);
     ST(p, LEN(l,pos), RECORD(p,sent[l]));
#else
     ST(p, LEN(l,pos), RECORD(p,sent[l]));                                  /* commit */
#ifndef NO_FENCE
     FLUSHED(p);
#endif
     look(p);
#endif
     atomic { sent[l]++; n++; old = 0; seen = 0; pos = 0; l = 0 }
  :: else -> break
  od;
#ifdef OPEN
gone:
#endif
  FLUSHED(p) }

#define WAITS(l) (head[l] < R && mem[LEN(l,head[l])] != 0)

inline handle(l) {
  atomic {
    v = mem[LEN(l,head[l])];
    assert(NUMBER(v) == next[l*NP+SENDER(v)]);
    next[l*NP+SENDER(v)]++; head[l]++; handled++;
    if
    :: l == HIGH && WAITS(LOW) -> since++; assert(since <= BOUND)
    :: else -> since = 0
    fi;
    v = 0 } }

inline turn() {
  assert(running == 0); running = 1;
#ifdef CREDIT_A_TURN
  passed = 0;
#endif
  do
  :: k < BUDGET ->
     high = WAITS(HIGH);
#ifdef OPEN_BLOCKS
     if :: !high && head[HIGH] < tail[HIGH] -> break :: else fi;
#endif
     low = WAITS(LOW);
     if :: !low -> passed = 0 :: else fi;
     if
     :: !high && !low -> break
     :: high && !low -> atomic { l = HIGH; most = BUDGET - k }
     :: !high && low -> atomic { l = LOW; most = BUDGET - k }
#ifdef NO_CREDIT
     :: high && low -> atomic { l = HIGH; most = BUDGET - k }
#else
     :: high && low && passed >= K -> atomic { l = LOW; most = 1 }
     :: high && low && passed < K -> atomic { l = HIGH; most = (BUDGET - k < K - passed -> BUDGET - k : K - passed) }
#endif
     fi;
     do
     :: most > 0 && WAITS(l) -> handle(l); atomic { most--; k++; passed = (l == HIGH -> passed + 1 : 0) }
     :: else -> break
     od;
     atomic { high = false; low = false; most = 0 }
  :: else -> break
  od;
  atomic { high = false; low = false; running = 0 };
#ifdef OPEN
  if :: k == 0 -> atomic { assert(asked > 0); asked-- } :: else fi;
#endif
  k = 0;
#if defined(OPEN_SPINS)
  left = head[LOW] < tail[LOW];
  if :: head[HIGH] < tail[HIGH] -> left = true :: else fi;
#elif defined(LEAVE_ONE_LANE)
  left = WAITS(l);
#else
  left = WAITS(LOW);                                                        /* each lane at a time of its own */
  if :: WAITS(HIGH) -> left = true :: else fi;
#endif
  atomic {
    if
#if defined(LEAVE_STORE)
    :: !left -> mem[STATE] = IDLE
#elif defined(CLEAR_LATE)
    :: !left && mem[STATE] == (OWNED|READY) -> mem[STATE] = IDLE
#else
    :: !left && mem[STATE] == OWNED -> mem[STATE] = IDLE
#endif
    :: else -> mem[STATE] = READY
    fi;
    left = false; l = 0 } }

proctype Worker(byte w) { byte v, k, l, most; bool high, low, left;
scan:
  do
#ifdef CLEAR_LATE
  :: atomic { mem[STATE] == READY -> mem[STATE] = OWNED|READY }; turn()
#else
  :: atomic { mem[STATE] == READY -> mem[STATE] = OWNED }; turn()
#endif
  :: mem[STATE] != READY -> break
  od;
  token[w] = 0;                                                             /* before it joins: later this would take a wake-up away */
  atomic { parked = parked | (1<<w) };
#ifndef PARK_BLIND
  if :: mem[STATE] == READY -> parked = parked & ~(1<<w); goto scan :: else fi;
#endif
endpark:
  token[w] == 1 -> parked = parked & ~(1<<w); goto scan }

init { byte i;
  atomic {
    run Memory();
    for (i : 0 .. NP-1) { run Sender(i) }
    for (i : 0 .. NW-1) { run Worker(i) }
  }
end: timeout ->
#if defined(OPEN)
  assert(head[1-openLane] == tail[1-openLane])
#elif defined(FAIR)
  assert(handled == MS + 1)
#else
  assert(handled == R)
#endif
}
