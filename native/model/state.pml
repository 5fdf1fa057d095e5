/* The state word of a shard, the look of a producer, taking, leaving and parking: R1, R2, R3, R4, R6, R7. x86-TSO.
 *
 * State word: IDLE 0, READY 1, OWNED 2, OWNED|READY 3; changed by seq_cst read-modify-write only.
 *   producer  claim (CAS of the tail), write, commit (release), full fence, look: READY not set -> set it; was IDLE -> wake one parked worker
 *   worker    take: READY -> OWNED, and only then read the tail; drain what lies below it; leave: nothing left -> CAS OWNED -> IDLE,
 *             otherwise, or when that fails, exchange READY and owe a wake-up: given before another shard is served, or the worker goes
 *             park: join the parked set, read every state word once more, sleep only if none is READY and unowned
 *   waker     takes the worker out of the set by CAS before it gives it its token
 *
 * "Nothing left" is judged by the record's length below the acquired tail: a length of zero is an open claim, whose producer will
 * look after its commit (R4). That a positive length proves nothing above the tail while handled records still lie in the ring is shown
 * in journal.pml, where positions are reused; without a journal they do not, and the worker goes by the length alone (-DNO_TAIL).
 *
 * Claim: whatever was sent is handled, no shard is run by two at once, and nobody sleeps beside a waiting record. Parks have no time
 * limit here: the real ones do (parkNs), but nothing may rest on that.
 *
 * Sizes: NP producers, MS sends each, NS shards, NW workers, BATCH records a claim, BUDGET records a turn.
 *   -DSTUCK  the handler of the first record of shard 0 never returns: shard 1 must be served all the same. Otherwise worker 0
 *            may retire after a turn or while parked: the other must be enough.
 *
 * Seeded faults:
 *   -DNO_FENCE           no fence between commit and look
 *   -DSET_RELEASE        READY set by a release store, the parked set read after it
 *   -DCLEAR_LATE         taking leaves READY set; it is cleared in leaving
 *   -DLEAVE_STORE        left by a store of IDLE in place of the CAS
 *   -DFAILED_CAS_FORGOTTEN  the CAS of leaving failed, and nobody minds
 *   -DNO_LEAVE_WAKE      left READY, and no wake-up is owed
 *   -DOWED_LATE          (-DSTUCK) another shard is served before the wake-up that is owed is given
 *   -DTAIL_BEFORE_TAKE   the tail is read before the shard is taken
 *   -DPARK_BLIND         parked without reading the state words once more
 *   -DJOIN_LATE          the state words are read, and then the parked set is joined
 *   -DTOKEN_LATE         the wake word is reset after joining the set
 *   -DNO_CLAIM           a waker leaves the worker in the set: two wake-ups merge in one worker
 *   -DRETIRE_SILENT      a worker that was taken out of the set retires and does not pass the wake-up on
 *   -DWAIT_IN_CLAIM      between claim and commit a producer sends to the same shard and waits until that is handled (R11, R12)
 */
#ifndef NP
#define NP 1
#endif
#ifndef MS
#define MS 2
#endif
#ifndef NS
#define NS 2
#endif
#ifndef BATCH
#define BATCH 1
#endif
#ifndef BUDGET
#define BUDGET 1
#endif
#define NW 2
#define R (NP*MS*BATCH)
#define STATE(s) (s)
#define LEN(s,i) (NS+(s)*R+(i))
#define NADDR (NS+NS*R)
#define NT NP                 /* the stores of a worker that matter here are all read-modify-writes */
#include "tso.h"

#define IDLE 0
#define READY 1
#define OWNED 2

byte tail[NS], head[NS], running[NS];
byte parked;                  /* bit w: worker w is in the parked set */
byte token[NW];               /* the wake word a worker sleeps on */
byte handled;

/* One loop round is one look at the set: empty, or one member claimed. A CAS that fails in between is a further round. */
inline wake(flushed) {
  do
  :: atomic { parked == 0 -> break }
#ifdef NO_CLAIM
  :: atomic { parked != 0 -> if :: parked & 1 -> token[0] = 1 :: else -> token[1] = 1 fi; break }
#else
  :: atomic { flushed && (parked & 1) -> parked = parked & ~1 }; token[0] = 1; break
  :: atomic { flushed && (parked & 2) -> parked = parked & ~2 }; token[1] = 1; break
#endif
  od }

/* p: its store buffer; who turns an unowned shard READY wakes one. */
inline look(p) {
  LD(p, STATE(s), seen);
  if
  :: (seen & READY) == 0 ->
#ifdef SET_RELEASE
     /* one producer only: nobody else leaves IDLE, so that what breaks is the order alone and not the word */
     if
     :: seen == IDLE -> ST(p, STATE(s), READY); old = IDLE
     :: else -> atomic { FLUSHED(p) -> old = mem[STATE(s)]; mem[STATE(s)] = old | READY }
     fi;
#else
     atomic { FLUSHED(p) -> old = mem[STATE(s)]; mem[STATE(s)] = old | READY };
#endif
     if :: old == IDLE -> wake(FLUSHED(p)) :: else fi
  :: else
  fi }

#ifdef WAIT_IN_CLAIM
/* What a call would be while the claim is open: one more record, behind the open one, and the wait for it. */
inline callInClaim(p) {
  atomic { FLUSHED(p) -> inner = tail[s]; tail[s]++ };
  ST(p, LEN(s,inner), 1);
  FLUSHED(p);
  look(p);
  head[s] > inner;
  atomic { n++; inner = 0; old = 0; seen = 0 } }
#endif

proctype Producer(byte p) { byte n, s, pos, old, seen;
#ifdef WAIT_IN_CLAIM
  byte inner;
#endif
  do
  :: n < MS ->
#if NS == 2
     if :: s = 0 :: s = 1 fi;
#endif
     atomic { FLUSHED(p) -> pos = tail[s]; tail[s] = tail[s] + BATCH };      /* claim */
#ifdef WAIT_IN_CLAIM
     if :: n + 1 < MS -> callInClaim(p) :: else fi;
#endif
#if BATCH == 2
     ST(p, LEN(s,pos+1), 1);                                                /* all records but the first, the first's length last */
#endif
     ST(p, LEN(s,pos), 1);                                                  /* commit */
#ifndef NO_FENCE
     FLUSHED(p);
#endif
     look(p);
     atomic { n++; old = 0; seen = 0; pos = 0; s = 0 }
  :: else -> break
  od }

inline take() {
#ifdef TAIL_BEFORE_TAKE
  tl = tail[s];
#endif
#ifdef CLEAR_LATE
  atomic { if :: mem[STATE(s)] == READY -> mem[STATE(s)] = OWNED|READY; got = true :: else -> got = false fi }
#else
  atomic { if :: mem[STATE(s)] == READY -> mem[STATE(s)] = OWNED; got = true :: else -> got = false fi }
#endif
}

#ifdef NO_TAIL
#define MORE (head[s] < R)
#else
#define MORE (head[s] != tl)
#endif

inline turn() {
  assert(running[s] == 0); running[s] = 1; k = 0;
#ifndef TAIL_BEFORE_TAKE
  tl = tail[s];
#endif
  do
  :: MORE && k < BUDGET ->
     b = mem[LEN(s,head[s])];
     if
     :: b == 1 -> atomic { handled++; head[s]++; k++ };
#ifdef STUCK
        if :: s == 0 && head[0] == 1 -> endstuck: false :: else fi
#endif
     :: else -> break                                                       /* an open claim */
     fi
  :: else -> break
  od;
  running[s] = 0;
  left = false;
  if
  :: !MORE || k < BUDGET ->                                                 /* nothing left: drained to the tail or to an open claim */
#if defined(LEAVE_STORE)
     atomic { mem[STATE(s)] = IDLE; left = true }
#elif defined(CLEAR_LATE)
     atomic { mem[STATE(s)] == (OWNED|READY) -> mem[STATE(s)] = IDLE; left = true }
#else
     atomic { if :: mem[STATE(s)] == OWNED -> mem[STATE(s)] = IDLE; left = true :: else fi }
#endif
#ifdef FAILED_CAS_FORGOTTEN
     left = true
#endif
  :: else                                                                   /* the budget is spent */
  fi;
  if
  :: !left -> mem[STATE(s)] = READY;
#ifndef NO_LEAVE_WAKE
     owed = s + 1
#endif
  :: else
  fi;
  atomic { b = 0; tl = 0; k = 0; left = false } }

/* The wake-up for a shard that was left READY: due before this worker serves another, or goes; not when it serves that shard next itself. */
inline handOver(to) {
  if
  :: owed != 0 ->
     if
     :: owed != to ->
        if :: mem[STATE(owed-1)] == READY -> owed = 0; wake(true) :: else -> owed = 0 fi
     :: else -> owed = 0
     fi
  :: else
  fi }

inline reread() {
  c = 0;
  do
  :: c < NS -> if :: mem[STATE(c)] == READY -> any = true :: else fi; c++
  :: else -> break
  od;
  c = 0 }

proctype Worker(byte w) { byte s, b, k, tl, c, owed; bool found, got, any, left;
scan:
  atomic { found = false; c = 0 };
#if NS == 2
  if :: s = 0 :: s = 1 fi;
#endif
  do
  :: c < NS ->
     if
     :: mem[STATE(s)] == READY ->
#ifndef OWED_LATE
        handOver(s+1);
#endif
        take();
        if :: got -> got = false; turn(); found = true :: else fi
     :: else
     fi;
     atomic { tl = 0; s = (s + 1) % NS; c++ }
  :: else -> break
  od;
  atomic { c = 0; s = 0 };
  if
  :: found -> goto scan
#ifndef STUCK
  :: found && w == 0 -> found = false; handOver(0); goto retired
#endif
  :: else
  fi;

#ifdef JOIN_LATE
  reread();
#endif
#ifndef TOKEN_LATE
  token[w] = 0;                                                             /* before it joins: later this would take a wake-up away */
#endif
  atomic { parked = parked | (1<<w) };
#if !defined(PARK_BLIND) && !defined(JOIN_LATE)
  reread();
#endif
  if
  :: any -> any = false;
     parked = parked & ~(1<<w);
     goto scan                                                              /* taken out meanwhile: scanning answers that wake-up, and its token ends the next park early */
  :: else -> owed = 0                                                       /* what was left READY is served by now, or owned */
  fi;
#ifdef TOKEN_LATE
  token[w] = 0;
#endif
endpark:
  if
  :: token[w] == 1 -> parked = parked & ~(1<<w); goto scan                  /* still in the set when the token was an old one */
#ifndef STUCK
  :: w == 0 ->                                                              /* retires while parked */
     atomic { if :: parked & 1 -> parked = parked & 2 :: else -> any = true fi };
#ifndef RETIRE_SILENT
     if :: any -> wake(true) :: else fi;
#endif
     goto retired
#endif
  fi;
retired: any = false }

init { byte i;
  atomic {
    run Memory();
    for (i : 0 .. NP-1) { run Producer(i) }
    for (i : 0 .. NW-1) { run Worker(i) }
  }
end: timeout ->
#ifdef STUCK
    assert(head[1] == tail[1])
#else
    assert(handled == R)
#endif
}
