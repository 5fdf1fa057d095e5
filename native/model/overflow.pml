/* Overflow of the target shard and batch flush of gathered sends: R16, R17, R18, R19, P2, R28. Sequential consistency: flag, home word and
 * tail are seq_cst in the code, the rest is under the lock or the ownership of the shard.
 *
 * Endpoint 0 on shard 0 and endpoint 1 on shard 1; the handler of each sends to the other, and both rings are full from the start:
 * the smallest cycle that can deadlock. Two workers take whatever shard is ready, so that each shard's turns wander between them; an
 * outside thread sends to endpoint 0.
 *   handler  gathers its sends; the outcome is decided there: BACK_PRESSURED when the target's overflow has reached the hard limit, CLOSED
 *            when its home says so
 *   worker   flushes its shard's overflow into the ring, in order, and clears the flag last; drains a batch; delivers what was gathered as
 *            one range: read home; flag clear and room -> claim, read home again, commit; else under the target's lock: read home
 *            again, append, set the flag. What was ACCEPTED is appended over the limit too (one turn's sends bound the excess).
 *            Only then it reclaims its ring, and leaves
 *   outside  while the flag is set the shard is full to it; it polls, and starts again at the home word each time
 *
 *   -DOBEY   an append may be refused as a whole (here by a limit, in the code where there is no memory): what it refuses goes to
 *            dead letters and is counted
 *   -DMOVE   endpoint 0 moves to shard 2: take both shards, write home, drain to T, flush the overflow, drain that
 *   -DCLOSE  home words CLOSED (what was accepted is still handled); when every turn that was running then has ended, each shard is
 *            drained to T, and its overflow, until both are empty; then nobody drains it any more
 *
 * Claim: nobody waits for ever; the messages of one sender to one address arrive in order; accepted = handled + dead, so a message
 * told ACCEPTED is never lost uncounted. (The delay of R17 over the soft limit is a time and not a condition: it cannot block, and
 * is not modelled. No handler sends to its own shard here: that is the case of a target whose owner is the sender, without a second party.)
 *
 * Sizes: rings of CAP records, TURN records a turn, HARD records of overflow, MO messages from outside; each of the first CAP messages of
 * a ring makes its handler send one with HOPS-1 further hops to go.
 *
 * Seeded faults:
 *   -DHANDLER_WAITS    a flush waits for room instead of spilling
 *   -DAT_WORKER        the overflow is kept at the sending worker
 *   -DFLAG_EARLY       the owner clears the flag before the last entry is in the ring
 *   -DFLAG_IGNORED     a worker that finds room claims it, flag or no flag
 *   -DFLAG_UNSET       the append does not set the flag
 *   -DNO_LOCK          append and flag without the lock
 *   -DHARD_LOST        (-DOBEY) the append was refused, and nobody counts the records
 *   -DNO_RECHECK       (-DMOVE) home is not read again under the lock
 *   -DNO_SECOND_READ   (-DMOVE) home is not read again after the claim
 *   -DMOVE_RING_ONLY   (-DMOVE) the mover drains the ring to T and forgets the overflow
 *   -DCLOSE_RING_ONLY  (-DCLOSE) the drain of the close forgets the overflow
 *   -DCLOSE_IN_TURN    (-DCLOSE) T is read while a turn of before is still running, with sends gathered
 * (An outside thread that ignores the flag breaks no order of its own: R17 keeps it from taking the room that the overflow waits for.)
 */
#ifndef CAP
#define CAP 2
#endif
#ifndef TURN
#define TURN 2
#endif
#ifndef HARD
#define HARD 2
#endif
#ifndef MO
#define MO 1
#endif
#ifndef HOPS
#define HOPS 2
#endif
#ifdef MOVE
#define NS 3
#else
#define NS 2
#endif

/* A record: sender 0, 1 (an endpoint), 2 (outside) or 3 (there from the start), its number, the hops to go. 0: not committed. */
#define RECORD(sender,n,hops) (1 + (sender)*64 + (n)*4 + (hops))
#define SENDER(v) (((v)-1) / 64)
#define NUMBER(v) ((((v)-1) / 4) % 16)
#define HOPSOF(v) (((v)-1) % 4)
#define PADDING 255
#define SLOT(d,p) slot[(d)*CAP + (p) % CAP]
#define ROOM(d,n) (tail[d] - head[d] + (n) <= CAP)
#define LIVES(s) ((s) % 2)                        /* the endpoint on a shard: 0 on shards 0 and 2, 1 on shard 1 */

byte slot[NS*CAP], tail[NS], head[NS], home[2], sequence[3], next[3];
byte accepted, handled, dead, refused;
bool owned[NS], locked[NS], flag[NS], closed[2], over[NS];
#ifdef AT_WORKER
chan overflow[4] = [8] of { byte };               /* worker * 2 + target */
#define OVERFLOW(d) overflow[w*2+(d)]
#else
chan overflow[NS] = [HARD+TURN] of { byte };
#define OVERFLOW(d) overflow[d]
#endif

inline lock(d) { atomic { !locked[d] -> locked[d] = true } }
inline unlock(d) { locked[d] = false }

/* s: the shard in hand. The handler runs; what it sends is gathered, with its outcome. */
inline handle(v) {
  atomic {
    if
    :: v == PADDING
    :: else ->
       if
       :: SENDER(v) < 3 -> assert(NUMBER(v) >= next[SENDER(v)]); next[SENDER(v)] = NUMBER(v) + 1
       :: else
       fi;
       handled++;
       t = 1 - LIVES(s);
       if
       :: HOPSOF(v) == 0
       :: HOPSOF(v) > 0 && (closed[t] || len(overflow[home[t]]) >= HARD) -> refused++
       :: HOPSOF(v) > 0 && !closed[t] && len(overflow[home[t]]) < HARD ->
          accepted++;
          if
          :: ng == 0 -> g0 = RECORD(LIVES(s), sequence[LIVES(s)], HOPSOF(v)-1)
          :: else -> g1 = RECORD(LIVES(s), sequence[LIVES(s)], HOPSOF(v)-1)
          fi;
          ng++; sequence[LIVES(s)]++
       fi
    fi;
    v = 0 } }

/* After the flush, as the worker does it: what was handled in this turn takes up its room until then. */
inline reclaim(n) {
  atomic { do :: n > 0 -> SLOT(s, head[s]) = 0; head[s]++; n-- :: else -> break od } }

/* One range: the second record first, the first one's length last. */
inline commit() {
  if :: ng == 2 -> SLOT(d, pos+1) = g1 :: else fi;
  SLOT(d, pos) = g0 }
inline abort() {
  if :: ng == 2 -> SLOT(d, pos+1) = PADDING :: else fi;
  SLOT(d, pos) = PADDING }

inline deliver() {
  skip;
again:
  if :: ng == 0 -> goto delivered :: else -> d = home[t] fi;
#if defined(AT_WORKER)
  if :: nempty(OVERFLOW(d)) -> goto spill :: empty(OVERFLOW(d)) fi;
#elif !defined(FLAG_IGNORED)
  if :: flag[d] -> goto spill :: else fi;
#endif
#ifdef HANDLER_WAITS
  ROOM(d, ng);
#endif
  atomic { if :: ROOM(d, ng) -> pos = tail[d]; tail[d] = tail[d] + ng; ok = true :: else -> ok = false fi };
  if
  :: ok -> ok = false;
#ifndef NO_SECOND_READ
     if :: home[t] != d -> abort(); goto again :: else fi;
#endif
     commit(); goto delivered
  :: else
  fi;
spill: skip;
#ifndef NO_LOCK
  lock(d);
#endif
#ifndef NO_RECHECK
  if :: home[t] != d -> unlock(d); goto again :: else fi;
#endif
  if
#ifdef OBEY
  :: len(OVERFLOW(d)) + ng > HARD ->
#ifndef HARD_LOST
     dead = dead + ng
#else
     skip
#endif
#endif
  :: else ->
#ifndef AT_WORKER
     assert(len(OVERFLOW(d)) + ng < HARD + TURN);                           /* the excess is bounded */
#endif
     OVERFLOW(d)!g0;
     if :: ng == 2 -> OVERFLOW(d)!g1 :: else fi;
#ifndef FLAG_UNSET
     flag[d] = true
#endif
  fi;
#ifndef NO_LOCK
  unlock(d);
#endif
delivered:
  atomic { ng = 0; g0 = 0; g1 = 0; pos = 0; t = 0; d = 0 } }

/* By the owner of x: as much as there is room for, in order. */
inline flushOverflow(x) {
  skip;
#ifndef AT_WORKER
  lock(x);
  do
  :: nempty(overflow[x]) ->
#ifdef FLAG_EARLY
     if :: len(overflow[x]) == 1 -> flag[x] = false :: else fi;
#endif
     atomic { if :: ROOM(x, 1) -> pos = tail[x]; tail[x]++; ok = true :: else -> ok = false fi };
     if
     :: ok -> ok = false; overflow[x]?v; SLOT(x, pos) = v; atomic { v = 0; pos = 0 }
     :: else -> break
     fi
  :: empty(overflow[x]) -> flag[x] = false; break
  od;
  unlock(x)
#endif
}

#define READY(x) (!owned[x] && !over[x] && ((head[x] < tail[x] && SLOT(x, head[x]) != 0) || (flag[x] && ROOM(x, 1))))

proctype Worker(byte w) { byte s, d, t, v, k, ng, g0, g1, pos; bool ok;
end: do
  :: atomic { READY(0) -> owned[0] = true; s = 0 }; goto turn
  :: atomic { READY(1) -> owned[1] = true; s = 1 }; goto turn
#ifdef MOVE
  :: atomic { READY(2) -> owned[2] = true; s = 2 }; goto turn
#endif
#ifdef AT_WORKER
  :: nempty(overflow[w*2]) && ROOM(0,1) ->
     atomic { if :: ROOM(0,1) -> pos = tail[0]; tail[0]++; ok = true :: else fi };
     if :: ok -> overflow[w*2]?v; SLOT(0,pos) = v; atomic { v = 0; pos = 0; ok = false } :: else fi
  :: nempty(overflow[w*2+1]) && ROOM(1,1) ->
     atomic { if :: ROOM(1,1) -> pos = tail[1]; tail[1]++; ok = true :: else fi };
     if :: ok -> overflow[w*2+1]?v; SLOT(1,pos) = v; atomic { v = 0; pos = 0; ok = false } :: else fi
#endif
  od;
turn:
  if :: flag[s] -> flushOverflow(s) :: else fi;
  do
  :: k < TURN && head[s]+k < tail[s] && SLOT(s, head[s]+k) != 0 -> v = SLOT(s, head[s]+k); handle(v); k++
  :: else -> break
  od;
  deliver();
  reclaim(k);
  atomic { owned[s] = false; s = 0 };
  goto end }

proctype Outside() { byte n, d, pos; bool ok;
  do
  :: n < MO ->
     atomic { d = home[0];
     if
     :: closed[0] -> refused++; n++
     :: !closed[0] && !flag[d] && ROOM(d, 1) -> ok = true
     :: !closed[0] && home[0] != d                                          /* a poll that finds it full looks at home again */
     :: !closed[0] && (flag[d] || !ROOM(d, 1)) -> (closed[0] || home[0] != d || (!flag[d] && ROOM(d, 1)))
     fi };
     if
     :: ok -> ok = false;
        atomic { if :: ROOM(d, 1) -> pos = tail[d]; tail[d]++; ok = true :: else fi };
        if
        :: ok && (closed[0] || home[0] != d) -> SLOT(d, pos) = PADDING
        :: ok && !closed[0] && home[0] == d -> accepted++; atomic { SLOT(d, pos) = RECORD(2, n, 1); n++ }
        :: !ok
        fi
     :: else
     fi;
     atomic { pos = 0; d = 0; ok = false }
  :: else -> break
  od }

/* Drains shard s, which is held, to T and further until its overflow is empty too. */
inline drainOut(ringOnly) {
  skip;
drain:
  T = tail[s];
  do
  :: head[s] < T -> atomic { SLOT(s, head[s]) != 0 -> v = SLOT(s, head[s]) }; handle(v); deliver(); k = 1; reclaim(k)
  :: else -> break
  od;
  if
  :: !ringOnly ->
     lock(s); more = nempty(overflow[s]); unlock(s);
     if :: more -> more = false; flushOverflow(s); goto drain :: else fi
  :: else
  fi;
  T = 0 }

#ifdef MOVE
#ifdef MOVE_RING_ONLY
#define MOVES_RING_ONLY true
#else
#define MOVES_RING_ONLY false
#endif
proctype Mover() { byte s, d, t, v, T, k, ng, g0, g1, pos; bool ok, more;
  atomic { !owned[0] -> owned[0] = true };
  atomic { !owned[2] -> owned[2] = true };
  home[0] = 2;
  drainOut(MOVES_RING_ONLY);
  owned[2] = false; owned[0] = false }
#endif

#ifdef CLOSE
#ifdef CLOSE_RING_ONLY
#define CLOSES_RING_ONLY true
#else
#define CLOSES_RING_ONLY false
#endif
proctype Closer() { byte s, d, t, v, T, k, ng, g0, g1, pos; bool ok, more;
  closed[0] = true; closed[1] = true;
#ifndef CLOSE_IN_TURN
  !owned[0]; !owned[1];                                                     /* one look each: turns that start later gather nothing */
#endif
  do
  :: s < NS ->
     atomic { !owned[s] -> owned[s] = true };
     drainOut(CLOSES_RING_ONLY);
     atomic { over[s] = true; owned[s] = false; s++ }
  :: else -> break
  od }
#endif

init { byte i;
  atomic {
    for (i : 0 .. 2*CAP-1) { slot[i] = RECORD(3, 0, HOPS) }
    home[1] = 1; tail[0] = CAP; tail[1] = CAP; accepted = 2*CAP;
    run Worker(0); run Worker(1); run Outside();
#ifdef CLOSE
    run Closer();
#endif
#ifdef MOVE
    run Mover();
#endif
  }
end: timeout ->
  assert(accepted == handled + dead);
  assert(!owned[0] && !owned[1] && !locked[0] && !locked[1])
}
