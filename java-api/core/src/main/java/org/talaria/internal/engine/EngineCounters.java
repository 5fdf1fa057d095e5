package org.talaria.internal.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.talaria.DeadLetter.Reason;
import org.talaria.internal.memory.Region;
import org.talaria.internal.memory.RegionDescriptor;

/** Counters of the whole engine, in the region: what happens seldom, so that any thread may count it. {@code docs/monitoring.md} tells their meaning. */
final class EngineCounters {
    /** Type ids, as other processes find them; the key of a dead letter's is its reason's code. */
    static final int TYPE_DEAD = 1;

    static final int TYPE_LATE = 2;
    static final int TYPE_BLOCKED = 3;
    static final int TYPE_STALLS = 4;
    static final int TYPE_LOOKS = 5;
    static final int TYPE_ENDPOINTS = 6;
    static final int TYPE_MOVES = 7;
    static final int TYPE_MOVE = 8;
    static final int TYPE_ACTIVE_WORKERS = 9;

    /** Moves that are told of one by one. */
    private static final int MOVES = 32;

    private final AtomicCounter[] dead = new AtomicCounter[Reason.values().length];
    private final AtomicCounter late;
    private final AtomicCounter blocked;
    private final AtomicCounter stalls;
    private final AtomicCounter looks;
    private final AtomicCounter endpoints;
    private final AtomicCounter moves;
    private final AtomicCounter activeWorkers;
    private final CountersManager manager;
    private final ArrayDeque<Integer> told = new ArrayDeque<>();

    EngineCounters(Region region) {
        manager = new CountersManager(
                new UnsafeBuffer(region.sectionBuffer(RegionDescriptor.SECTION_COUNTERS_METADATA)),
                new UnsafeBuffer(region.sectionBuffer(RegionDescriptor.SECTION_COUNTERS_VALUES)),
                StandardCharsets.UTF_8);
        for (Reason reason : Reason.values()) {
            String label = "dead letters: " + reason.name().toLowerCase(Locale.ROOT);
            dead[reason.ordinal()] = manager.newCounter(label, TYPE_DEAD, key -> key.putInt(0, reason.code()));
        }
        late = manager.newCounter("late replies", TYPE_LATE);
        blocked = manager.newCounter("sends that waited for room", TYPE_BLOCKED);
        stalls = manager.newCounter("stalls", TYPE_STALLS);
        looks = manager.newCounter("looks of the keeper", TYPE_LOOKS);
        endpoints = manager.newCounter("endpoints", TYPE_ENDPOINTS);
        moves = manager.newCounter("moves", TYPE_MOVES);
        activeWorkers = manager.newCounter("active workers", TYPE_ACTIVE_WORKERS);
    }

    /** An accepted message is not handled. */
    void dead(Reason reason) {
        dead[reason.ordinal()].increment();
    }

    /** A reply came whose asker had given up: no message that was accepted. */
    void late() {
        late.increment();
    }

    /** A thread begins to wait for room. */
    void blocked() {
        blocked.increment();
    }

    /** A handler runs for longer than the threshold. */
    void stalled() {
        stalls.increment();
    }

    /** The keeper looks. */
    void looked() {
        looks.increment();
    }

    /** An endpoint moved. The latest are told of one by one: when, in milliseconds since 1970, is the counter's value. */
    synchronized void moved(String endpoint, int from, int to, String why) {
        moves.increment();
        if (told.size() == MOVES) {
            manager.free(told.remove());
        }
        String label = "move " + moves.get() + ": " + endpoint + " from shard " + from + " to " + to + ", " + why;
        int id = manager.allocate(label, TYPE_MOVE);
        manager.setCounterValue(id, System.currentTimeMillis());
        told.add(id);
    }

    /** So many workers do not rest. */
    void activeWorkers(int active) {
        activeWorkers.setOrdered(active);
    }

    /** So many endpoints live. */
    void endpoints(int living) {
        endpoints.setOrdered(living);
    }
}
