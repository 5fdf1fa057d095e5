package org.talaria.bindings;

/** Tells the time of an engine's clock: {@code talaria_clock_handler} of {@code talaria.h}. */
@FunctionalInterface
public interface ClockHandler {
    /** The time in nanoseconds. Called by any worker. Must not throw: what escapes is logged, and the time is the machine's. */
    long nowNs();
}
