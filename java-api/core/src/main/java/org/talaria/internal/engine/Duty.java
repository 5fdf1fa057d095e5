package org.talaria.internal.engine;

/** What the {@link Keeper} does now and then: quick, and without garbage where there is nothing to tell. */
@FunctionalInterface
interface Duty {
    /** Looks. One thread at a time. @param nowNs the machine's monotonic clock */
    void look(long nowNs);
}
