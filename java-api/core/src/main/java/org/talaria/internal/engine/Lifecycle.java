package org.talaria.internal.engine;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.agrona.collections.Object2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.BackPressure;
import org.talaria.Priority;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.ActorOptions.Placement;
import org.talaria.actor.Mailbox;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.LanePlan;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;

/**
 * Birth and death of endpoints: rows, generations, names. Rows are reused first-in-first-out; one that reaches its last generation is retired (design 16.7).
 *
 * <p>Locks only here, never in a message's path.
 */
final class Lifecycle {
    private static final int CHUNK = EndpointDescriptor.CHUNK_ROWS;

    private final Engine engine;
    private final Object2ObjectHashMap<String, Cell<?>> names = new Object2ObjectHashMap<>();
    private final ArrayDeque<Integer> freeRows = new ArrayDeque<>();
    /** Stopping, as soon as their children have. */
    private final Set<Cell<?>> waiting = new HashSet<>();
    /** Whose START is not accepted yet: nobody finds them, lest a message come in front of it. */
    private final Set<Cell<?>> starting = new HashSet<>();

    /** Rows of endpoints whose place was asked for. */
    private final BitSet pinned = new BitSet();

    private final Cell<?>[][] chunks;
    private final Placing placing;
    private int nextRow;
    private int living;
    private long anonymous;
    private boolean closed;

    Lifecycle(Engine engine, int maxEndpoints) {
        this.engine = engine;
        placing = new Placing(engine);
        chunks = new Cell<?>[(maxEndpoints + CHUNK - 1) / CHUNK][];
    }

    /** Makes the cell of a new endpoint. */
    @FunctionalInterface
    interface Maker<M> {
        Cell<M> make(String name, int index, int liveHalf);
    }

    /** The cell of a row, living or stopped; null if there was none. Any thread. */
    @Nullable
    Cell<?> at(int index) {
        if (index < 0 || index >= chunks.length * CHUNK) {
            return null;
        }
        Cell<?>[] chunk = chunks[index / CHUNK];
        return chunk == null ? null : chunk[index % CHUNK];
    }

    /**
     * Brings an endpoint to life: nothing can be sent to it before this returns.
     *
     * @param prepare runs between the row's making and its birth
     */
    <M> Cell<M> create(
            String wanted, ActorOptions options, @Nullable Cell<?> parent, Maker<M> maker, Consumer<Cell<M>> prepare) {
        synchronized (this) {
            if (closed) {
                throw new TalariaException("the engine is closed: no more endpoints");
            }
            String name = wanted.isEmpty() ? anonymousName() : wanted;
            if (names.containsKey(name)) {
                throw new IllegalArgumentException("an endpoint is named " + name + " already: names are unique");
            }
            int index = takeRow();
            int shard = -1;
            boolean born = false;
            try {
                shard = placing.place(name, options, parent);
                requireOnePolicyALane(options.mailbox(), shard);
                Cell<M> cell = make(name, index, options, maker);
                prepare.accept(cell);
                if (engine.journaled()) {
                    boolean java = cell.kind() == EndpointDescriptor.KIND_JAVA;
                    engine.journal(java ? entry(cell, shard) : engine.nativeEntry(cell, shard));
                }
                chunks[index / CHUNK][index % CHUNK] = cell;
                // seq_cst: publishes the row; senders of the same thread and those that get the reference follow
                Mem.putLongVolatile(cell.row(), HomeWord.of(cell.liveHalf(), shard));
                names.put(name, cell);
                pinned.set(index, options.placement() == Placement.EXPLICIT || options.placement() == Placement.HASH);
                if (cell.starts()) {
                    starting.add(cell);
                }
                living++;
                adopt(parent, cell);
                born = true;
                return cell;
            } finally {
                if (!born) {
                    freeRows.addFirst(index);
                    if (shard >= 0) {
                        placing.leave(shard);
                        placing.free(shard);
                    }
                }
            }
        }
    }

    static JournalEntry entry(Cell<?> cell, int shard) {
        return new JournalEntry.Endpoint(
                cell.index(),
                cell.generation(),
                shard,
                cell.kind(),
                0,
                cell.endpointName(),
                cell.typeName(),
                "",
                "",
                false);
    }

    private <M> Cell<M> make(String name, int index, ActorOptions options, Maker<M> maker) {
        long row = engine.region().rows() + (long) index * EndpointDescriptor.BYTES;
        int generation = HomeWord.generation(HomeWord.half(Mem.getLong(row))) + 1;
        int policies = policies(options.mailbox());
        int capacity = options.mailbox().capacity();
        Mem.putInt(row + EndpointDescriptor.CAPACITY_OFFSET, capacity);
        Mem.putInt(row + EndpointDescriptor.POLICIES_OFFSET, policies);
        // Everything else of both lines is of the endpoint before
        Mem.putInt(row + EndpointDescriptor.SENDER_ID_OFFSET, 0);
        Mem.zero(row + EndpointDescriptor.SENT_OFFSET, EndpointDescriptor.BYTES - EndpointDescriptor.SENT_OFFSET);
        int policy = policies >>> 4 * Priority.NORMAL.ordinal() & 0xF;
        Cell<M> cell =
                maker.make(name, index, HomeWord.liveHalf(generation, policy, capacity > 0, displaces(policies)));
        Mem.putInt(row + EndpointDescriptor.KIND_OFFSET, cell.kind());
        return cell;
    }

    /** What a send of each priority does where there is no room, four bits each. */
    private int policies(Mailbox mailbox) {
        int policies = 0;
        for (Priority priority : Priority.values()) {
            BackPressure own = mailbox.policyAt(priority);
            BackPressure policy = own != null ? own : engine.config().backPressureAt(priority);
            policies |= policy.ordinal() << 4 * priority.ordinal();
        }
        return policies;
    }

    /** Who drains knows a message's lane, not its priority: in one lane either all displace, or none. */
    private void requireOnePolicyALane(Mailbox mailbox, int shard) {
        int policies = policies(mailbox);
        for (int p = 1; p < LanePlan.PRIORITIES; p++) {
            boolean shared = engine.lanes().laneOf(shard, p) == engine.lanes().laneOf(shard, p - 1);
            boolean lower = (policies >>> 4 * (p - 1) & 0xF) == Cell.POLICY_DROP_OLDEST;
            boolean upper = (policies >>> 4 * p & 0xF) == Cell.POLICY_DROP_OLDEST;
            if (shared && lower != upper) {
                throw new IllegalArgumentException("DROP_OLDEST for " + Priority.values()[lower ? p - 1 : p]
                        + " and not for " + Priority.values()[lower ? p : p - 1]
                        + ", which share a lane: give both the same policy, or the shard more lanes");
            }
        }
    }

    private static boolean displaces(int policies) {
        boolean displaces = false;
        for (int left = policies; left != 0; left >>>= 4) {
            displaces |= (left & 0xF) == Cell.POLICY_DROP_OLDEST;
        }
        return displaces;
    }

    private String anonymousName() {
        String name;
        do {
            name = "$" + ++anonymous;
        } while (names.containsKey(name));
        return name;
    }

    private int takeRow() {
        if (nextRow >= engine.layout().maxEndpoints()) {
            Integer reused = freeRows.poll();
            if (reused == null) {
                throw new TalariaException("all " + engine.layout().maxEndpoints()
                        + " endpoints are in use: stop some, or open with more by maxEndpoints(…)");
            }
            return reused;
        }
        // A freed row rests as long as possible; but not for the price of memory.
        if (freeRows.size() >= CHUNK) {
            return freeRows.remove();
        }
        engine.region().reserveRow(nextRow);
        if (chunks[nextRow / CHUNK] == null) {
            chunks[nextRow / CHUNK] = new Cell<?>[CHUNK];
        }
        return nextRow++;
    }

    /** Takes memory for a shard that is set apart. */
    synchronized void open(int shard) {
        if (closed) {
            throw new TalariaException("the engine is closed: nothing is drained any more");
        }
        placing.open(shard);
    }

    /** The same for an endpoint that moves there. @return false if the engine is closed */
    synchronized boolean opened(int shard) {
        if (!closed) {
            placing.open(shard);
        }
        return !closed;
    }

    /** Whether an endpoint on a shard may move to another: they are of one group that workers drain. */
    boolean mayMove(int from, int to) {
        return placing.ofOneGroup(from, to);
    }

    /** Whether an endpoint is where it is because that was asked for. */
    synchronized boolean isPinned(int index) {
        return pinned.get(index);
    }

    /** An endpoint has moved. */
    synchronized void moved(int from, int to) {
        placing.moved(from, to);
    }

    /** A receiver has ended, and its shard is drained. */
    synchronized void freed(int shard) {
        placing.free(shard);
    }

    private static void adopt(@Nullable Cell<?> parent, Cell<?> child) {
        if (parent != null) {
            parent.extras().children.add(child);
            child.extras().parent = parent;
        }
    }

    /** The living children of an endpoint that is to stop. If there are any, it waits from now on: the end of the last one that was told is reported to {@link #finish}. */
    synchronized List<Cell<?>> awaitChildren(Cell<?> cell) {
        Cell.Extras extras = cell.extrasOrNull();
        List<Cell<?>> children = extras == null ? List.of() : List.copyOf(extras.children);
        if (!children.isEmpty()) {
            waiting.add(cell);
        }
        return children;
    }

    /** Whether a child was told to stop. */
    synchronized boolean isTold(Cell<?> child) {
        return child.extras().stopping;
    }

    /** A child was told to stop: its STOP is accepted. */
    synchronized void told(Cell<?> child) {
        child.extras().stopping = true;
    }

    /** The end of an endpoint that never had a turn. */
    void finish(Cell<?> cell) {
        finish(cell, parent -> engine.control(parent, RecordDescriptor.CONTROL_STOP));
    }

    /**
     * The end of an endpoint, by the holder of its shard, between messages (R14).
     *
     * @param last told of the parent, if that waits for its children and none is on its way any more; before the row can be used again
     */
    void finish(Cell<?> cell, Consumer<Cell<?>> last) {
        Cell<?> parent;
        synchronized (this) {
            long home = Mem.getLongVolatile(cell.row());
            int half = HomeWord.half(home);
            if (HomeWord.generation(half) != cell.generation() || HomeWord.state(half) == HomeWord.STOPPED) {
                return;
            }
            Mem.putLongVolatile(cell.row(), HomeWord.of(HomeWord.withState(half, HomeWord.STOPPED), (int) home));
            names.remove(cell.endpointName());
            placing.leave((int) home);
            living--;
            waiting.remove(cell);
            starting.remove(cell);
            parent = leaveParent(cell);
        }
        stopped(cell);
        engine.timerService().stopped(cell);
        try {
            if (parent != null) {
                last.accept(parent);
            }
        } catch (Throwable e) {
            engine.deadLetters().error(parent.endpointName(), e);
        }
        engine.senders().forget(cell);
        engine.journal(new JournalEntry.EndpointStopped(cell.index(), cell.generation()));
        synchronized (this) {
            if (!closed && cell.generation() < HomeWord.MAX_GENERATION) {
                freeRows.add(cell.index());
            }
        }
    }

    /** @return the parent, if its wait is over */
    private @Nullable Cell<?> leaveParent(Cell<?> cell) {
        Cell.Extras extras = cell.extrasOrNull();
        Cell<?> parent = extras == null ? null : extras.parent;
        if (parent == null) {
            return null;
        }
        List<Cell<?>> children = parent.extras().children;
        children.remove(cell);
        // Children that it made since then are told by its next turn
        boolean over = children.stream().noneMatch(child -> child.extras().stopping) && waiting.remove(parent);
        return over ? parent : null;
    }

    private void stopped(Cell<?> cell) {
        try {
            cell.stopped();
            engine.destroyNative(cell);
        } catch (Throwable e) {
            engine.deadLetters().error(cell.endpointName(), e);
        }
    }

    synchronized @Nullable Cell<?> find(String name) {
        Cell<?> cell = names.get(name);
        return cell == null || starting.contains(cell) ? null : cell;
    }

    /** The START of an endpoint is accepted: who finds it sends behind that. */
    synchronized void started(Cell<?> cell) {
        starting.remove(cell);
    }

    synchronized int living() {
        return living;
    }

    /** Closing begins: every living endpoint's word says CLOSED; what was accepted is still handled. Not where nothing more may be handled: {@link #discardAll} is final. */
    synchronized void closeAll() {
        closed = true;
        eachLiving(cell -> change(cell, HomeWord.CLOSED, true));
    }

    /** By compare-and-set: a mover, which does not hold this lock, may write another shard. */
    private static void change(Cell<?> cell, int state, boolean liveOnly) {
        boolean changed = false;
        while (!changed) {
            long home = Mem.getLongVolatile(cell.row());
            int half = HomeWord.half(home);
            boolean unchanged = liveOnly && HomeWord.state(half) != HomeWord.LIVE;
            long next = HomeWord.of(HomeWord.withState(half, state), (int) home);
            changed = unchanged || Mem.casLong(cell.row(), home, next);
        }
    }

    /** The close deadline has passed: nothing more is handled. */
    synchronized void discardAll() {
        eachLiving(cell -> change(cell, HomeWord.STOPPED, false));
    }

    /** After the workers have stopped: actors are told. */
    void stopAll() {
        stopAll(shard -> false);
    }

    /** The same where not all have: actors are told, but those on busy shards. @return how many were not */
    int stopAll(IntPredicate busy) {
        List<Cell<?>> all;
        synchronized (this) {
            all = List.copyOf(names.values());
            names.clear();
        }
        int left = 0;
        for (Cell<?> cell : all) {
            if (busy.test(cell.shard())) {
                left++;
            } else {
                stopped(cell);
            }
        }
        return left;
    }

    private void eachLiving(Consumer<Cell<?>> action) {
        names.values().forEach(action);
    }
}
