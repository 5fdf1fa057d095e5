/* x86-TSO for Promela: one FIFO store buffer for each thread that stores without a lock prefix; an entry may reach memory at any time.
 *
 *   ST(t,a,v)   release store: enters the buffer           C++ store(release), Java setRelease / putOrdered
 *   SC(t,a,v)   seq_cst store: buffer empty, then memory   C++ store(seq_cst), Java setVolatile
 *   LD(t,a,r)   acquire or seq_cst load: from memory; x86 makes no difference between the two
 *   FLUSHED(t)  guard for everything that drains the buffer: put it before the first statement of an atomic to make
 *               that a read-modify-write, use it alone as a full fence
 *
 * A thread does not forward from its own buffer: a load waits until the thread's own store to that address has landed. No
 * model here loads what it has just stored, so nothing is hidden by this. The buffer holds SBN entries; a thread with a full one waits.
 * A model sets NADDR (words of memory) and NT (threads with a buffer) before it includes this file, and runs Memory() once.
 */
#ifndef SBN
#define SBN 2
#endif
#define FLUSHED(t)  (len(sb[t]) == 0)
#define ST(t,a,v)   atomic { (pm[t] & (1<<(a))) == 0 && nfull(sb[t]) -> sb[t]!(a),(v); pm[t] = pm[t] | (1<<(a)) }
#define SC(t,a,v)   atomic { FLUSHED(t) -> mem[a] = v }
#define LD(t,a,r)   atomic { (pm[t] & (1<<(a))) == 0 -> r = mem[a] }

byte mem[NADDR];
chan sb[NT] = [SBN] of { byte, byte };
int  pm[NT];                       /* bit a: a store to word a is in the buffer */

inline land(t) { sb[t]?a,v -> mem[a] = v; pm[t] = pm[t] & ~(1<<a); a = 0; v = 0 }

proctype Memory() { byte a, v;
end: do
  :: atomic { land(0) }
#if NT > 1
  :: atomic { land(1) }
#endif
#if NT > 2
  :: atomic { land(2) }
#endif
#if NT > 3
  :: atomic { land(3) }
#endif
  od }
