/* Moving an endpoint together with overflow and gathered sends: R2, R15, R16, R17, R19, R20, P2. x86-TSO for the outside thread and for what
 * a mover writes; a handler's sends and the drainers use read-modify-writes, seq_cst stores and the lock where it matters.
 *
 *   mover    a worker between its turns. Reads E's home; takes both shards by CAS from READY or IDLE; one of the two is not free: gives back
 *            what it has and tries again later. Owning both: home has changed meanwhile, or a claim is open at the head of the old shard:
 *            gives both back. Move word: one more move begun, one more in progress; home (seq_cst); one less in progress. Only then
 *            T = tail of the old shard; drains it to T, waiting for claims that are open below T; flushes its overflow under the lock, as
 *            far as it had come then, and drains that. Gives both back by R2's look
 *   outside  home; overflow flag set or ring full: waits; claim; home again, changed: abort to padding and try again; commit; fence; look
 *   handler  gathers by target shard. Before its first gathering since the last flush it remembers the move word; at each later one it
 *            reads home and then the move word: another one than remembered, or a move was in progress then: what comes is gathered as late,
 *            in one list. Flush of a shard's outbox: flag clear and room -> claim a range, home again, commit; else under the lock: records
 *            whose home is here are appended, the first that has moved and ALL behind it are not. Those are then sent one at a time, each
 *            by its own read of home and until it is in a ring or an overflow, before anything else is. The late ones are sent in the same
 *            way when all outboxes are flushed
 *   drainer  flushes the overflow, drains a batch, leaves
 *
 * Claim: the messages of one sender to E are handled in order, each once, by one drainer at a time, none is lost; to endpoint F, which
 * stays on shard 0 (-DF: each second message of the handler), too; nobody waits for ever. There and back is what two moves are: of
 * one mover (-DMOVES=2) or of two (-DNM=2). A third shard (-DNS=3): the second mover wants E there.
 *
 * The move word has two halves as one increment before home is written tells too little: a handler that remembers the word between the
 * increment and the write gathers m1 for the old shard, then m2 for the new one, and sees no change. With moves in progress counted beside
 * the moves begun, equal and quiet at both ends means that no home was written between.
 *
 *   -DSEQUENTIAL  the outside thread commits by a seq_cst store: its store buffer is looked at without the handler beside it (-DMX=0)
 *
 * Sizes: MX gathered messages, MO from outside, rings of CAP records, BATCH records a turn, NM movers with MOVES moves each.
 *
 * Seeded faults:
 *   -DNO_SECOND_READ    home is not read again after the claim
 *   -DNO_FENCE          (-DMO=2) no fence between the outside thread's commit and its look
 *   -DHOME_RELEASE      home is written by a release store, and T read behind it
 *   -DT_FIRST           T is read before home is written
 *   -DEARLY_NEW         the new shard is given back before the old one is drained
 *   -DNO_WAIT           the drain to T ends at an open claim
 *   -DRING_ONLY         (-DCAP=1) the mover drains to T and forgets the overflow
 *   -DGIVE_IDLE         both shards are given back IDLE, without R2's look
 *   -DSTALE_PLAN        (-DNS=3 -DNM=2) home is not read again when both shards are owned
 *   -DHOLD_AND_WAIT     (-DNM=2 -DMOVES=2) the first shard is kept while the mover waits for the second
 *   -DNO_EPOCH          the handler does not look at the move word
 *   -DEPOCH_ONCE        the move word counts moves begun and not those in progress
 *   -DEPOCH_LATE        at the first gathering home is read before the move word
 *   -DNO_RECHECK        home is not read again under the lock
 *   -DFLUSH_UNLOCKED    (-DCAP=1) the owner flushes the overflow without the lock
 *   -DAPPEND_EACH       (-DNM=2) the append decides for each record alone: behind one that has moved, E may be back
 *   -DREGATHER_EACH     (-DNM=2) what has moved is gathered again, each record by its own read of home, and flushed like anything else
 *   -DMOVED_LAST        what has moved is kept for the next flush, and sent behind what was gathered meanwhile
 *   -DLATE_FIRST        the late ones are sent before the outboxes are flushed
 */
#ifndef MX
#define MX 2
#endif
#ifndef MO
#define MO 1
#endif
#ifndef NM
#define NM 1
#endif
#ifndef MOVES
#define MOVES 1
#endif
#ifndef NS
#define NS 2
#endif
#ifndef CAP
#define CAP 2
#endif
#ifndef BATCH
#define BATCH 1
#endif
#define HOME 0
#define STATE(s) (1+(s))
#define SLOT(s,p) (1+NS+(s)*CAP+(p)%CAP)          /* 0 not committed, else PADDING or a record */
#define NADDR (1+NS+NS*CAP)
#define NT (1+NM)
#define OUTSIDE 0
#define MOVER(m) (1+(m))
#include "tso.h"
#ifdef SEQUENTIAL
#define COMMIT(t,a,v) SC(t,a,v)
#else
#define COMMIT(t,a,v) ST(t,a,v)
#endif

#define IDLE 0
#define READY 1
#define OWNED 2
#define PADDING 1
/* Sender and target: 0 the outside thread to E, 1 the handler to E, 2 the handler to F; n: the number among these. */
#define RECORD(who,n) (2 + (who)*8 + (n))
#define WHO(v) (((v)-2) / 8)
#define NUMBER(v) (((v)-2) % 8)
#define LIVES(v) (WHO(v) == 2 -> 0 : mem[HOME])
#define ROOM(s,n) (tail[s] - head[s] + (n) <= CAP)

byte tail[NS], head[NS], next[3];
byte begun, moving;                /* the move word: one word, read and changed as one */
byte ended;                        /* movers */
bool running;                      /* a handler of E */
bool flag[NS], locked[NS];
chan overflow[NS] = [MX+1] of { byte };
chan outbox[NS] = [MX+1] of { byte };              /* the handler's, or rather its worker's */
chan moved = [MX+1] of { byte };
chan late = [MX+1] of { byte };                    /* gathered when the move word was another one */

inline lock(s) { atomic { !locked[s] -> locked[s] = true } }
inline unlock(s) { locked[s] = false }

/* Of one that needs no store buffer: the load and the read-modify-write behind it as one step; what may lie between them sets READY once too often. */
inline look(s) { atomic { if :: (mem[STATE(s)] & READY) == 0 -> mem[STATE(s)] = mem[STATE(s)] | READY :: else fi } }

/* R2: what is left is READY; a claim that is open at the head is not left, nor an overflow without room. */
inline leave(s, flushed) {
  if
  :: (head[s] < tail[s] && mem[SLOT(s,head[s])] != 0) || (flag[s] && ROOM(s,1)) -> left = true
  :: else -> left = false
  fi;
  atomic { flushed -> if :: !left && mem[STATE(s)] == OWNED -> mem[STATE(s)] = IDLE :: else -> mem[STATE(s)] = READY fi; left = false } }

/* By the owner of s; ofHome: as the drainer of s, which holds nothing but s. */
inline handle(s, ofHome) {
  atomic {
    v = mem[SLOT(s,head[s])];
    if
    :: v != PADDING && WHO(v) != 2 -> assert(!running); running = true; assert(!(ofHome) || mem[HOME] == s)
    :: else
    fi };
  atomic {
    if
    :: v != PADDING -> assert(NUMBER(v) == next[WHO(v)]); next[WHO(v)]++; if :: WHO(v) != 2 -> running = false :: else fi
    :: else
    fi;
    mem[SLOT(s,head[s])] = 0; head[s]++; v = 0 } }

#ifdef FLUSH_UNLOCKED
#define lockFlush(s) skip
#define unlockFlush(s) skip
#else
#define lockFlush(s) lock(s)
#define unlockFlush(s) unlock(s)
#endif

/* By the owner of s: what fits into the ring. The lock is held. */
inline flushOverflow(s) {
  do
  :: atomic { nempty(overflow[s]) ->                                        /* claim and commit: only the owner would see what lies between */
       if :: ROOM(s,1) -> overflow[s]?v; mem[SLOT(s,tail[s])] = v; tail[s]++; v = 0 :: else -> break fi }
  :: empty(overflow[s]) -> flag[s] = false; break
  od }

proctype Drainer(byte s) { byte v, k; bool left;
end: do
  :: atomic { mem[STATE(s)] == READY -> mem[STATE(s)] = OWNED };
     if
     :: flag[s] -> lockFlush(s); flushOverflow(s); unlockFlush(s)
     :: else
     fi;
     do
     :: k < BATCH && head[s] < tail[s] && mem[SLOT(s,head[s])] != 0 -> handle(s, true); k++
     :: else -> break
     od;
     k = 0;
     leave(s, true)
  od }

proctype Outside() { byte n, h, again, pos, seen;
  do
  :: n < MO ->
     LD(OUTSIDE, HOME, h);
     if
     :: !flag[h] && ROOM(h,1) -> skip
     :: mem[HOME] != h -> goto polled
     fi;
     atomic { FLUSHED(OUTSIDE) -> if :: ROOM(h,1) -> pos = tail[h]; tail[h]++ :: else -> goto polled fi };
#ifdef NO_SECOND_READ
     again = h;
#else
     LD(OUTSIDE, HOME, again);
#endif
     if
     :: again == h -> COMMIT(OUTSIDE, SLOT(h,pos), RECORD(0,n)); n++
     :: else -> COMMIT(OUTSIDE, SLOT(h,pos), PADDING)
     fi;
#ifndef NO_FENCE
     FLUSHED(OUTSIDE);
#endif
     LD(OUTSIDE, STATE(h), seen);                                           /* look */
     if
     :: (seen & READY) == 0 -> atomic { FLUSHED(OUTSIDE) -> mem[STATE(h)] = mem[STATE(h)] | READY }
     :: else
     fi;
polled:
     atomic { h = 0; again = 0; pos = 0; seen = 0 }
  :: else -> break
  od }

/* All that is gathered for shard d, as one range: into its ring, or into its overflow but for what has moved. A range is committed at one
 * moment, as its first record's length is stored last. */
inline deliver(d) {
  k = len(outbox[d]);
  if
  :: flag[d] -> ok = false
  :: else -> atomic { if :: ROOM(d,k) -> pos = tail[d]; tail[d] = tail[d] + k; ok = true :: else -> ok = false fi }
  fi;
  if
  :: ok ->
#ifndef NO_SECOND_READ
     atomic {                                                               /* one read for the run to one target */
       do :: i < k -> outbox[d]?v; outbox[d]!v; if :: LIVES(v) != d -> ok = false :: else fi; i++ :: else -> break od;
       i = 0; v = 0 };
#endif
     atomic {
       do
       :: i < k -> if :: ok -> outbox[d]?v; mem[SLOT(d,pos+i)] = v; v = 0 :: else -> mem[SLOT(d,pos+i)] = PADDING fi; i++
       :: else -> break
       od;
       i = 0; pos = 0 };
     look(d)
  :: else
  fi;
  if
  :: ok -> ok = false
  :: else ->
     lock(d);
     do
     :: nempty(outbox[d]) ->
        outbox[d]?v;
        if
#ifdef NO_RECHECK
        :: true ->
#else
        :: !away && LIVES(v) == d ->
#endif
           atomic { overflow[d]!v; flag[d] = true; v = 0 }
#ifndef NO_RECHECK
#ifdef APPEND_EACH
        :: else -> atomic { moved!v; v = 0 }
#else
        :: else -> atomic { moved!v; v = 0; away = true }
#endif
#endif
        fi
     :: empty(outbox[d]) -> break
     od;
     atomic { away = false; unlock(d) };
     look(d)
  fi;
  k = 0 }

/* One at a time, until each is somewhere. */
inline sendMoved() {
  do
  :: nempty(moved) ->
#ifdef REGATHER_EACH
     atomic { moved?v; h = LIVES(v); outbox[h]!v; v = 0; h = 0 }
#else
     moved?<v>;
     h = LIVES(v);
     if
     :: flag[h] -> ok = false
     :: else -> atomic { if :: ROOM(h,1) -> pos = tail[h]; tail[h]++; ok = true :: else -> ok = false fi }
     fi;
     if
     :: ok && LIVES(v) == h -> atomic { mem[SLOT(h,pos)] = v; moved?v }; look(h)
     :: ok && LIVES(v) != h -> mem[SLOT(h,pos)] = PADDING; look(h)
     :: !ok ->
        lock(h);
        if
#ifdef NO_RECHECK
        :: true
#else
        :: LIVES(v) == h
#endif
           -> atomic { overflow[h]!v; flag[h] = true; moved?v }
#ifndef NO_RECHECK
        :: else
#endif
        fi;
        unlock(h);
        look(h)
     fi;
     atomic { ok = false; pos = 0; v = 0; h = 0 }
#endif
  :: empty(moved) -> break
  od }

#define GATHERED (len(outbox[0]) + len(outbox[1]) + len(outbox[NS-1]))
#ifdef MOVED_LAST
#define FIRST true
#else
#define FIRST empty(moved)                        /* what has moved is sent before anything else is */
#endif

inline sendLate() {
  if
  :: nempty(late) ->
     atomic { do :: nempty(late) -> late?v; moved!v :: empty(late) -> break od; v = 0 };
     sendMoved()
  :: empty(late)
  fi }

inline flush() {
#ifdef MOVED_LAST
  if :: GATHERED == 0 -> sendMoved() :: else fi;
#endif
#ifdef LATE_FIRST
  sendLate();
#endif
  do
#ifndef MOVED_LAST
  :: nempty(moved) -> sendMoved()
#endif
  :: FIRST && nempty(outbox[0]) -> deliver(0)
  :: FIRST && nempty(outbox[1]) -> deliver(1)
#if NS > 2
  :: FIRST && nempty(outbox[2]) -> deliver(2)
#endif
  :: FIRST && GATHERED == 0 -> break
  od;
  sendLate() }

#ifdef EPOCH_ONCE
#define MOVING 0
#else
#define MOVING moving
#endif
#ifdef F
#define TARGET(n) (1 + (n) % 2)
#define INDEX(n) ((n) / 2)
#else
#define TARGET(n) 1
#define INDEX(n) (n)
#endif

proctype Handler() { byte n, h, k, i, v, pos, known; bool ok, away, quiet;
  do
  :: n < MX ->
#ifdef EPOCH_LATE
     v = RECORD(TARGET(n), INDEX(n));
     atomic { h = LIVES(v); v = 0 };
     if :: GATHERED == 0 -> atomic { known = begun; quiet = (MOVING == 0) } :: else fi;
#else
     if :: GATHERED == 0 -> atomic { known = begun; quiet = (MOVING == 0) } :: else fi;
     v = RECORD(TARGET(n), INDEX(n));
     atomic { h = LIVES(v); v = 0 };
#endif
     if
#ifndef NO_EPOCH
     :: atomic { GATHERED > 0 && (!quiet || known != begun) -> late!RECORD(TARGET(n), INDEX(n)); n++; h = 0 }
     :: atomic { GATHERED == 0 || (quiet && known == begun) ->
#else
     :: atomic { true ->
#endif
          outbox[h]!RECORD(TARGET(n), INDEX(n)); n++; h = 0 }
     fi
  :: GATHERED > 0 -> flush()                                                /* its turn ends, or a range is full */
#ifdef MOVED_LAST
  :: GATHERED == 0 && nempty(moved) -> flush()
#endif
  :: n == MX && GATHERED == 0 && empty(moved) -> break
  od;
  known = 0; quiet = false }

/* By the mover, which owns `from`. */
inline drainTo(T) {
  do
#ifdef NO_WAIT
  :: head[from] < T && mem[SLOT(from,head[from])] == 0 -> break
#endif
  :: head[from] < T && mem[SLOT(from,head[from])] != 0 -> handle(from, false)
  :: head[from] >= T -> break
  od;
  T = 0 }

inline tryTake(s) { atomic { FLUSHED(t) -> if :: mem[STATE(s)] < OWNED -> mem[STATE(s)] = OWNED; got = true :: else -> got = false fi } }

inline giveBack(s) {
#ifdef GIVE_IDLE
  atomic { FLUSHED(t) -> mem[STATE(s)] = IDLE }
#else
  leave(s, FLUSHED(t))
#endif
}

proctype Mover(byte t) { byte from, to, T, v, rest, was, n; bool left, got, early;
  do
  :: n == MOVES -> break
  :: n < MOVES ->
#if NS > 2
     atomic { from = mem[HOME]; to = (t == MOVER(0) -> 1 : 2) };
     if :: from == to -> break :: else fi;                                  /* E is where it is wanted */
#else
     atomic { from = mem[HOME]; to = 1 - from };
#endif
#ifdef HOLD_AND_WAIT
     atomic { mem[STATE(from)] < OWNED -> mem[STATE(from)] = OWNED };
     atomic { mem[STATE(to)] < OWNED -> mem[STATE(to)] = OWNED };
#else
     mem[STATE(from)] < OWNED && mem[STATE(to)] < OWNED;                    /* later */
     tryTake(from);
     if :: got :: else -> goto notNow fi;
     tryTake(to);
     if :: got :: else -> giveBack(from); goto notNow fi;
#endif
     if
#ifndef STALE_PLAN
     :: mem[HOME] != from -> goto both
#endif
     :: head[from] < tail[from] && mem[SLOT(from,head[from])] == 0 -> goto both
     :: else
     fi;
     atomic { begun++; moving++ };
#ifdef T_FIRST
     T = tail[from];
#endif
#ifdef HOME_RELEASE
     ST(t, HOME, to);
#else
     SC(t, HOME, to);
#endif
     moving--;
#ifndef T_FIRST
     T = tail[from];
#endif
#ifdef EARLY_NEW
     giveBack(to); early = true;
#endif
     drainTo(T);
#ifndef RING_ONLY
     lockFlush(from);
     rest = len(overflow[from]);                                            /* what is appended behind these is for those that stay */
     do
     :: rest > 0 ->
        was = len(overflow[from]);
        flushOverflow(from);
        atomic { was = was - len(overflow[from]); rest = (was < rest -> rest - was : 0); was = 0 };
        unlockFlush(from);
        T = tail[from];
        drainTo(T);
        if :: rest == 0 -> break :: else -> lockFlush(from) fi
     :: else -> unlockFlush(from); break
     od;
#endif
     n++;
both:
     if :: !early -> giveBack(to) :: else fi;
     giveBack(from);
notNow:
     atomic { from = 0; to = 0; got = false; early = false }
  od;
  ended++ }

init { byte i;
  atomic {
    run Memory();
    for (i : 0 .. NS-1) { run Drainer(i) }
    for (i : 0 .. NM-1) { run Mover(MOVER(i)) }
#if MX > 0
    run Handler();
#endif
#if MO > 0
    run Outside()
#endif
  }
end: timeout ->
#ifdef F
  assert(next[0] == MO && next[1] == (MX+1)/2 && next[2] == MX/2);
#else
  assert(next[0] == MO && next[1] == MX);
#endif
  assert(ended == NM && !locked[0] && !locked[1]) }
