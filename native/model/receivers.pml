/* Several threads in receive() of one receiver shard: R8, with the state word and the set of R1, R2, R6 and R7. Sequential consistency: all
 * of these are seq_cst read-modify-writes, and commit and look are fenced (state.pml has the store buffers).
 *
 * State word: IDLE 0, READY 1, OWNED 2, OWNED|READY 3.
 *   producer  claim, commit, look: READY not set -> set it; was IDLE -> wake one parked receiver
 *   receiver  receive(): take (READY -> OWNED), at most one record, leave: nothing left -> CAS OWNED -> IDLE, otherwise, or when that
 *             fails, exchange READY and wake the next: this thread goes away with its record. No record: join the set, read the state
 *             word once more, park; it parks without owning
 *   -DGIVEUP  receiver 0 has a time limit: it leaves the set, and if a waker had taken it out passes the wake-up on (R7)
 *
 * Claim: NR threads that each wait for one record, and as many records: each gets one, nobody sleeps beside a waiting record. With
 * -DGIVEUP a record may stay behind, but not while another receiver is parked. Parks have no time limit otherwise.
 *
 * Sizes: NR receivers, as many records, one producer.
 *
 * Seeded faults:
 *   -DNO_BATON      a receiver that leaves records behind wakes nobody: two sends, the first wakes, the second finds READY or OWNED
 *   -DPARK_BLIND    parked without reading the state word once more
 *   -DPARK_OWNING   a receiver that found nothing keeps the shard while it is parked
 *   -DNO_PASS       (-DGIVEUP) a wake-up that had been given to the receiver that gives up is lost
 */
#ifndef NR
#define NR 3
#endif
#define IDLE 0
#define READY 1
#define OWNED 2

byte state, tail, head, got, parked;
bool length[NR];
byte set;                        /* bit r: receiver r is in the parked set */
bool token[NR];

/* By CAS out of the set, and its token: one step, as nobody else may set the token of a receiver that is out of the set. */
inline wake() {
  atomic {
    if
    :: set & 1 -> set = set & ~1; token[0] = true
    :: set & 2 -> set = set & ~2; token[1] = true
    :: set & 4 -> set = set & ~4; token[2] = true
    :: set == 0
    fi } }

proctype Producer() { byte n, pos, old;
  do
  :: n < NR ->
     atomic { pos = tail; tail++ };                                         /* claim */
     length[pos] = true;                                                    /* commit */
     if                                                                     /* look */
     :: (state & READY) == 0 -> atomic { old = state; state = old | READY }; if :: old == IDLE -> wake() :: else fi
     :: else
     fi;
     atomic { n++; pos = 0; old = 0 }
  :: else -> break
  od }

inline quit(r) {                 /* out: a waker was first */
  atomic { if :: set & (1<<r) -> set = set & ~(1<<r); out = false :: else -> token[r] = false; out = true fi } }

inline leave() {
  left = false;
  if :: head < NR && length[head] -> left = true :: else fi;
  if
  :: !left -> atomic { if :: state == OWNED -> state = IDLE :: else -> left = true fi }
  :: else
  fi;
  if
  :: left -> state = READY;
#ifndef NO_BATON
     wake()
#else
     skip
#endif
  :: else
  fi }

proctype Receiver(byte r) { bool mine, one, left, out;
again:
#ifdef PARK_OWNING
  if :: mine :: else -> atomic { if :: state == READY -> state = OWNED; mine = true :: else fi } fi;
#else
  atomic { if :: state == READY -> state = OWNED; mine = true :: else fi };
#endif
  if
  :: mine ->
     if :: head < NR && length[head] -> atomic { head++; got++; one = true } :: else fi;
#ifdef PARK_OWNING
     if :: one -> mine = false; leave() :: else fi;
#else
     mine = false; leave();
#endif
     if :: one -> goto done :: else fi
  :: else
  fi;
  atomic { left = false; set = set | (1<<r) };                              /* join */
#ifndef PARK_BLIND
  if :: state == READY -> quit(r); out = false; goto again :: else fi;      /* taken out meanwhile: trying again answers that wake-up */
#endif
  parked++;
endpark:
  if
  :: atomic { token[r] -> token[r] = false; parked-- }; goto again
#ifdef GIVEUP
  :: r == 0 -> atomic { parked--; quit(r) };
#ifndef NO_PASS
     if :: out && state == READY -> wake() :: else fi;
#endif
     goto done
#endif
  fi;
done: assert((set & (1<<r)) == 0) }

init { byte i;
  atomic {
    for (i : 0 .. NR-1) { run Receiver(i) }
    run Producer()
  }
end: timeout ->
#ifdef GIVEUP
  assert(head == tail || parked == 0)
#else
  assert(got == NR)
#endif
}
