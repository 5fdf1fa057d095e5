package org.talaria.journal.replay;

/**
 * What an application gives a replay: its handlers, by the names of their endpoints. A class with a public constructor without parameters, so that the command line
 * can make one.
 */
@FunctionalInterface
public interface ReplayApplication {
    /** Registers handlers. Called once, before the first record. */
    void register(ReplayRegistry registry);
}
