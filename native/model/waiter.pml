/* The waiter slot of docs/layout.md: R25, reuse by generation, the hand-over to the completer thread. x86-TSO.
 *
 * One slot, used for two calls one after the other, generations 1 and 2. Its word holds the generation that may be completed, OPEN or WRITING.
 *   asker      sets `notify` to 0 (or 2: a completion stage) and sends the request: its generation is open already. Spins on the signal;
 *              sets `notify` to 1 (seq_cst), reads the signal again, parks. Time-out: CAS OPEN(g) -> OPEN(g+1); failed -> somebody is WRITING:
 *              wait for the signal. Then the slot is free for the next generation.
 *   completer of a call (a handler's reply; a dead letter or the closing engine with FAILED): CAS OPEN of its own generation ->
 *              WRITING decides; store the reply; OPEN(g+1); the signal with REPLIED or FAILED (seq_cst); read `notify`: not 0 -> post the correlation
 *   post       into the completion ring (full: set `lost`); add 1 to the completion word; completer thread parked -> swap and wake it
 *   completer thread  takes posted correlations (lost: looks at the slot whatever it holds): a parked thread is unparked, and looks for itself;
 *              a stage is completed if the signal is of its generation; to park: sets `completerParked`, looks at the completion word again, parks
 * Two completers run for the first call: its reply may come late, into the second call.
 *
 * Claim: each call ends exactly once, with its own reply, its own failure or a time-out; who won the CAS is who the asker hears of;
 * a call without a time limit whose request is answered always ends: no wake-up is lost, though parks have no limit here.
 *
 *   -DSTAGE  the first call is a completion stage (ask), not a waiting thread (call)
 *
 * Seeded faults:
 *   -DNOTIFY_EARLY      `notify` is read before the signal is given
 *   -DSIGNAL_RELEASE    the signal is a release store, then `notify` is read
 *   -DOPEN_LATE         the next generation is opened behind the signal
 *   -DPARK_BLIND        parked without reading the signal again
 *   -DNOTIFY_RELEASE    the asker sets `notify` by a release store, then reads the signal
 *   -DNO_GENERATION     the CAS compares the state and not the generation
 *   -DTIMEOUT_STORE     the time-out is a store in place of the CAS
 *   -DTIMEOUT_LEAVES    a time-out that finds WRITING goes without waiting for the writer
 *   -DREPLY_FIRST       the reply is stored before the CAS
 *   -DREGISTER_LATE     (-DSTAGE) the request is sent before `notify` says that a stage waits
 *   -DSTAGE_LATE        (-DSTAGE) the stage is put into its slot after it is known to wait
 *   -DPOST_BLIND        the completion word is counted before the correlation is in the ring
 *   -DCOMPLETER_BLIND   the completer thread parks without looking at the completion word again
 *   -DLOST_IGNORED      ring full, and nobody is told
 *   -DSTAGE_BLIND       (-DSTAGE) the completer thread completes a stage without comparing the generation
 */
#define WORD 0                   /* generation * 8 + state */
#define NOTIFY 1
#define REPLY 2
#define SIGNAL 3
#define NADDR 4
#define NT 4                     /* asker, and the three completers of calls */
#define ASKER 0
#include "tso.h"

#define OPEN 0
#define WRITING 1
#define REPLIED 3
#define FAILED 4
#define TIMED_OUT 5
#define IS(g,s) ((g)*8+(s))
#define DONE(w,g) ((w) == IS(g,REPLIED) || (w) == IS(g,FAILED))

byte registered;                 /* the generation that is known to wait: the closing engine may fail it before its request is sent */
bool stageSet;                   /* the completer thread finds the stage in its slot */
byte sent;                       /* requests sent: the correlation in them is the generation */
byte won[4];                     /* by generation: state that a completer announced; must be what the asker hears */
byte heard[4];
byte ended[4];
bool token;                      /* the asker's unpark permit */
chan completions = [1] of { byte };
bool lost, completerParked, completerToken;
byte completionWord;

inline hear(g, w) {              /* read the result; the slot is free */
  if
  :: w == IS(g,REPLIED) -> assert(mem[REPLY] == g); heard[g] = REPLIED
  :: w == IS(g,FAILED) -> heard[g] = FAILED
  fi;
  ended[g]++ }

inline timeOut(g) {
#ifdef TIMEOUT_STORE
  atomic { FLUSHED(ASKER) -> mem[WORD] = IS(g+1,OPEN); mine = true };
#else
  atomic { FLUSHED(ASKER) -> if :: mem[WORD] == IS(g,OPEN) -> mem[WORD] = IS(g+1,OPEN); mine = true :: else -> mine = false fi };
#endif
  if
  :: mine -> mine = false; heard[g] = TIMED_OUT; ended[g]++
  :: else ->
#ifdef TIMEOUT_LEAVES
     heard[g] = TIMED_OUT; ended[g]++
#else
     atomic { DONE(mem[SIGNAL], g) -> w = mem[SIGNAL] }; hear(g, w)
#endif
  fi }

proctype Asker() { byte g, w; bool mine, limited;
  g = 1;
  do
  :: g <= 2 ->
     if :: limited = true :: limited = false fi;
#ifdef REGISTER_LATE
     sent = g;
#endif
#ifdef STAGE
     if :: g == 1 -> ST(ASKER, NOTIFY, 2) :: else -> ST(ASKER, NOTIFY, 0) fi;
#else
     ST(ASKER, NOTIFY, 0);
#endif
#ifdef STAGE_LATE
     atomic { FLUSHED(ASKER) -> registered = g };
     stageSet = true;
#else
     stageSet = true;
     atomic { FLUSHED(ASKER) -> registered = g };
#endif
     atomic { FLUSHED(ASKER) -> sent = g };                                 /* the claim of the request is a compare-and-set */
#ifdef STAGE
     if
     :: g == 1 ->
        /* Nobody waits; a timer may end it. The slot is reused when the stage is complete, by whoever completed it. */
        if
        :: limited ->
           atomic { if :: mem[WORD] == IS(1,OPEN) -> mem[WORD] = IS(2,OPEN); heard[1] = TIMED_OUT; ended[1]++ :: else fi }
        :: skip
        fi;
        ended[1] == 1; goto next
     :: else
     fi;
#endif
spin:
     LD(ASKER, SIGNAL, w);
     if :: DONE(w, g) -> hear(g, w); goto next :: else fi;
#ifdef NOTIFY_RELEASE
     ST(ASKER, NOTIFY, 1);
#else
     SC(ASKER, NOTIFY, 1);
#endif
#ifndef PARK_BLIND
     LD(ASKER, SIGNAL, w);
     if :: DONE(w, g) -> hear(g, w); goto next :: else fi;
#endif
     w = 0;
     if
     :: atomic { token -> token = false }; goto spin                        /* spurious ones included: a late post of the last call */
     :: limited -> timeOut(g)
     fi;
next:
     atomic { g++; w = 0; limited = false }
  :: else -> break
  od }

inline post(g) {
#ifdef POST_BLIND
  completionWord++;
#endif
  atomic {
    if
    :: nfull(completions) -> completions!g
#ifdef LOST_IGNORED
    :: full(completions)
#else
    :: full(completions) -> lost = true
#endif
    fi };
#ifndef POST_BLIND
  completionWord++;
#endif
  atomic { if :: completerParked -> completerParked = false; completerToken = true :: else fi } }

/* t: its store buffer; g: the call it answers; outcome: REPLIED or FAILED */
proctype Completer(byte t; byte g; byte outcome) { byte n, gw; bool mine;
  if :: sent >= g :: outcome == FAILED && registered >= g fi;
#ifdef REPLY_FIRST
  if :: outcome == REPLIED -> ST(t, REPLY, g) :: else fi;
#endif
  atomic {
    FLUSHED(t) ->
#ifdef NO_GENERATION
    if :: mem[WORD] % 8 == OPEN -> gw = mem[WORD] / 8; mem[WORD] = IS(gw,WRITING); mine = true :: else fi
#else
    gw = g;
    if :: mem[WORD] == IS(g,OPEN) -> mem[WORD] = IS(g,WRITING); mine = true :: else fi
#endif
  };
  if
  :: mine ->
     won[gw] = outcome;
#ifdef NOTIFY_EARLY
     LD(t, NOTIFY, n);
#endif
#ifndef REPLY_FIRST
     if :: outcome == REPLIED -> ST(t, REPLY, g) :: else fi;
#endif
#ifndef OPEN_LATE
     ST(t, WORD, IS(gw+1,OPEN));
#endif
#ifdef SIGNAL_RELEASE
     ST(t, SIGNAL, IS(gw,outcome));
#else
     SC(t, SIGNAL, IS(gw,outcome));
#endif
#ifdef OPEN_LATE
     ST(t, WORD, IS(gw+1,OPEN));
#endif
#ifndef NOTIFY_EARLY
     LD(t, NOTIFY, n);                                                      /* of the next call, perhaps: then the post tells nobody anything */
#endif
     if :: n != 0 -> post(gw) :: else fi
  :: else                                                                   /* too late: a dead letter, or nothing */
  fi;
  atomic { n = 0; gw = 0; mine = false } }

/* What a correlation of this slot (not 0) may do: unpark the thread (which looks for itself), or complete the stage if the signal is of its generation. */
inline tell(c) {
  atomic {
    w = mem[SIGNAL];
    if
    :: c != 0 && mem[NOTIFY] == 1 -> token = true
#ifdef STAGE
#ifdef STAGE_BLIND
    :: c != 0 && mem[NOTIFY] == 2 && stageSet && ended[1] == 0 -> heard[1] = w % 8; ended[1]++
#else
    :: c != 0 && mem[NOTIFY] == 2 && stageSet && ended[1] == 0 && DONE(w, 1) -> assert(w != IS(1,REPLIED) || mem[REPLY] == 1); heard[1] = w % 8; ended[1]++
#endif
#endif
    :: else
    fi;
    w = 0 } }

proctype CompleterThread() { byte seen, c, w; bool sweep;
end: do
  :: seen = completionWord;
     do
     :: completions?c -> tell(c); c = 0
     :: empty(completions) -> break
     od;
     atomic { sweep = lost; lost = false };
     if
     :: sweep -> sweep = false; tell(1); tell(2)
     :: else
     fi;
     if
     :: seen != completionWord
     :: else ->
        completerParked = true;
#ifndef COMPLETER_BLIND
        if
        :: seen != completionWord ->
           atomic { if :: completerParked -> completerParked = false :: else -> completerToken = false fi }
        :: else ->
#endif
endpark:   atomic { completerToken -> completerToken = false }
#ifndef COMPLETER_BLIND
        fi
#endif
     fi
  od }

init {
  atomic {
    mem[WORD] = IS(1,OPEN);
#ifdef STAGE
    lost = true;                                                            /* another slot's: this one is looked at, at whatever moment */
#endif
    completions!0; completionWord = 1;                                      /* another slot's, so that the ring may be full at every post */
    run Memory(); run Asker(); run CompleterThread();
    run Completer(1, 1, REPLIED); run Completer(2, 1, FAILED); run Completer(3, 2, REPLIED)
  }
end: timeout ->
  assert(ended[1] == 1 && ended[2] == 1);
  assert(heard[1] == won[1] || (heard[1] == TIMED_OUT && won[1] == 0));
  assert(heard[2] == won[2] || (heard[2] == TIMED_OUT && won[2] == 0));
  assert(won[3] == 0) }
