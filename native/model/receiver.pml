/* A shard of kind receiver and who drains it: R1, R2, R5, R6, R7, R8, R9. Sequential consistency: state word, parked set and `submitted` are
 * changed by seq_cst read-modify-writes, and commit and look are fenced (state.pml and lanes.pml have the store buffers).
 *
 * State word: IDLE 0, READY 1, OWNED 2, OWNED|READY 3. Whoever drains takes from READY only: IDLE says that nobody has announced anything.
 *   sender    claim, commit, look: READY not set -> set it; was IDLE -> wake: one parked receiver, or a post to the completer thread
 *   receiver  receive(): take, at most one record, leave: nothing left -> CAS OWNED -> IDLE, otherwise, or when that fails, exchange READY
 *             and wake the next (the baton: this thread goes away with its record). No record: join the set, read the state word once more,
 *             park without owning. A time limit: leaves the set; a waker had taken it out -> passes the wake-up on (R7)
 *   -DEXECUTOR  nobody waits for records; tasks of an executor drain
 *     completer takes the post, then submits
 *     submit    CAS `submitted` false -> true decides who hands a task over; the executor queues it, rejects it, or drops it and tells nobody:
 *               then `submitted` stays
 *     task      clears `submitted`, and only then takes; at most BUDGET records; leaves as above; then looks once more, taken or not:
 *               READY and unowned -> submits, in place of the baton. All of this also when a handler throws what ends the thread
 *     timer     sees `submitted` with the shard READY and unowned: hands a task over once more. It may do so too early (HASTE times),
 *               while a task is queued: one of the two finds nothing to take
 *
 * Claim: no record is stranded, no two drain at once, nobody sleeps beside a waiting record: each of NR receivers gets what it waits for. Nobody
 * rests on the timer unless the executor refused (-DREFUSALS=0 runs without it), and no park has a time limit otherwise. With -DGIVEUP
 * or -DDIES a record may stay behind, but not while another receiver is parked.
 *
 * Sizes: NP senders, MS records each, NR receivers or threads of the executor; REFUSALS: so many tasks may be rejected or dropped.
 *   -DGIVEUP  receiver 0 has a time limit, and does not come back
 *   -DDIES    a handler kills receiver 0; or a task, once, at any step after its begin
 *
 * Seeded faults:
 *   -DNO_BATON         who leaves records behind wakes nobody, or does not submit
 *   -DPARK_BLIND       parked before the state word is read once more
 *   -DPARK_OWNING      a receiver that found nothing keeps the shard while it is parked
 *   -DNO_PASS          (-DGIVEUP) a wake-up that had been given to the receiver that gives up is lost
 *   -DDEAD_OWNER       (-DDIES) who dies keeps the shard
 *   -DDEAD_SILENT      (-DDIES) who dies gives the shard back READY and tells nobody
 *   -DLEAVE_STORE      left by a store of IDLE in place of the CAS
 *   -DSUBMITTED_LATE   (-DEXECUTOR) `submitted` is cleared when the task ends, behind its last look at the state word
 *   -DPOST_LATE        (-DEXECUTOR) the post is cleared behind submitting
 *   -DNO_RETRY         (-DEXECUTOR -DREFUSALS=1) no timer
 *   -DREFUSED_FORGOTTEN  (-DEXECUTOR -DREFUSALS=1) a rejection clears `submitted`: the timer sees nothing to do
 */
#ifndef NP
#define NP 2
#endif
#ifndef MS
#define MS 2
#endif
#ifndef NR
#define NR 2
#endif
#ifndef BUDGET
#define BUDGET 1
#endif
#ifndef REFUSALS
#define REFUSALS 0
#endif
#ifndef HASTE
#define HASTE 1
#endif
#define R (NP*MS)
#define QUOTA (R/NR)
#define IDLE 0
#define READY 1
#define OWNED 2

byte state, tail, head, parked, next[NP];
byte length[R];                  /* 0 not committed, else sender * 8 + number + 1 */
bool running, died;
byte set;                        /* bit r: receiver r is in the parked set */
bool token[NR];
bool posted, submitted;
byte queued, busy, refused, hasty;

/* By CAS out of the set, and its token: one step, as nobody else may set the token of a receiver that is out of the set. */
inline wake() {
#ifdef EXECUTOR
  posted = true
#else
  atomic {
    if
    :: set & 1 -> set = set & ~1; token[0] = true
    :: set & 2 -> set = set & ~2; token[1] = true
#if NR > 2
    :: set & 4 -> set = set & ~4; token[2] = true
#endif
    :: set == 0
    fi }
#endif
}

proctype Sender(byte p) { byte n, pos, old;
  do
  :: n < MS ->
     atomic { pos = tail; tail++ };                                         /* claim */
     length[pos] = p*8 + n + 1;                                             /* commit */
     if                                                                     /* look */
     :: (state & READY) == 0 -> atomic { old = state; state = old | READY }; if :: old == IDLE -> wake() :: else fi
     :: else
     fi;
     atomic { n++; pos = 0; old = 0 }
  :: else -> break
  od }

#define WAITS (head < R && length[head] != 0)

inline handle() {
  atomic { assert(!running); running = true; v = length[head] - 1 };
  atomic { assert(next[v/8] == v%8); next[v/8]++; v = 0; head++; running = false } }

/* all: the shard is READY whatever is left in it */
inline leave(all) {
  left = (all) || WAITS;
#ifdef LEAVE_STORE
  atomic { if :: !left -> state = IDLE :: else -> state = READY fi }
#else
  atomic { if :: !left && state == OWNED -> state = IDLE :: else -> state = READY; left = true fi }
#endif
}

inline quit(r) {                 /* out: a waker was first */
  atomic { if :: set & (1<<r) -> set = set & ~(1<<r); out = false :: else -> token[r] = false; out = true fi } }

proctype Receiver(byte r) { byte v, got; bool mine, one, left, out;
again:
  if :: got == QUOTA -> goto done :: else fi;
#ifdef PARK_OWNING
  atomic { if :: !mine && state == READY -> state = OWNED; mine = true :: else fi };
#else
  atomic { if :: state == READY -> state = OWNED; mine = true :: else fi };
#endif
  if
  :: mine ->
     if :: WAITS -> handle(); one = true :: else fi;
#ifdef DIES
     if
     :: r == 0 && one ->
#ifndef DEAD_OWNER
        leave(true);
#ifndef DEAD_SILENT
        wake();
#endif
#endif
        goto done
     :: skip
     fi;
#endif
#ifdef PARK_OWNING
     if :: !one -> goto park :: else fi;
#endif
     leave(false);
#ifndef NO_BATON
     if :: left -> wake() :: else fi;
#endif
     atomic { mine = false; left = false; got = got + one };
     if :: one -> one = false; goto again :: else fi
  :: else
  fi;
#ifdef PARK_OWNING
park: skip;
#endif
  atomic { set = set | (1<<r) };                                            /* join */
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

/* To the executor, by whoever has set `submitted`; a task that was dropped looks to us like one that is long in its queue. */
inline execute() {
  if
  :: atomic { queued++; busy++ }
#if REFUSALS > 0
  :: atomic { refused < REFUSALS -> refused++ };
#ifdef REFUSED_FORGOTTEN
     submitted = false
#endif
#endif
  fi }

inline submit() {
  atomic { if :: !submitted -> submitted = true; mine = true :: else -> mine = false fi };
  if :: mine -> mine = false; execute() :: else fi }

proctype Completer() { bool mine;
end: do
#ifdef POST_LATE
  :: posted -> submit(); posted = false
#else
  :: atomic { posted -> posted = false }; submit()
#endif
  od }

/* queued > 0 or busy > 0: too early. Where nothing is under way it fires at some time. */
proctype Timer() {
end: do
  :: atomic { submitted && state == READY && busy == 0 }; execute()
  :: atomic { submitted && state == READY && busy > 0 && hasty < HASTE -> hasty++ }; execute()
  od }

/* A thread of the executor: task after task. */
proctype Task() { byte v, k; bool mine, left, dies;
end: do
  :: atomic { queued > 0 -> queued-- };
#ifndef SUBMITTED_LATE
     submitted = false;
#endif
#ifdef DIES
     atomic { if :: !died -> died = true; dies = true :: skip fi };         /* here, or behind a record */
     if :: dies -> goto ended :: skip fi;
#endif
     atomic { if :: state == READY -> state = OWNED; mine = true :: else fi };
     if
     :: mine -> mine = false;
        do
        :: k < BUDGET && WAITS -> handle(); k++
        :: else -> break
        od;
        k = 0;
#ifdef DEAD_OWNER
        if :: dies -> goto ended :: else fi;
#endif
        leave(dies);
        left = false
     :: else
     fi;
ended:
     if
#ifdef NO_BATON
     :: false
#endif
#ifdef DEAD_SILENT
     :: !dies && state == READY -> submit()
#elif !defined(NO_BATON)
     :: state == READY -> submit()                                          /* if another is to do it, it is done once all the same */
#endif
     :: else
     fi;
#ifdef SUBMITTED_LATE
     submitted = false;
#endif
     atomic { dies = false; busy-- }
  od }

init { byte i;
  atomic {
    for (i : 0 .. NP-1) { run Sender(i) }
#ifdef EXECUTOR
    run Completer();
    for (i : 0 .. NR-1) { run Task() }
#if REFUSALS > 0 && !defined(NO_RETRY)
    run Timer()
#endif
#else
    for (i : 0 .. NR-1) { run Receiver(i) }
#endif
  }
end: timeout ->
#if !defined(EXECUTOR) && (defined(GIVEUP) || defined(DIES))
  assert(head == tail || parked == 0)
#else
  assert(head == R)
#endif
}
