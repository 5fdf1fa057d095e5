/* A bare futex wake-up between two threads: what waking a parked worker is held against. Linux. */
#ifndef TALARIA_BENCH_FUTEX_WAKES_H
#define TALARIA_BENCH_FUTEX_WAKES_H

/**
 * Has the calling thread wake another one `count` times; the other has slept for `gap_ns` each time. Stores
 * the nanoseconds from before the wake-up to the other's first step behind its wait at `times`, and returns
 * how many wake-ups were thrown away because the other was not asleep; -1 where there is no futex, -2 where
 * that happened more often than not.
 */
long long talaria_bench_futex_wakes(int count, long long gap_ns, long long times);

#endif
