package org.talaria.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.Priority;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.message.Codec;

/**
 * An endpoint, as Java sees it: the reference that users hold and what its messages run into. Small: a million of them must fit (no field that most of them leave empty).
 *
 * <p>Its shard's holder alone calls {@link #handle} (I1).
 *
 * @param <M> what may be told
 */
abstract class Cell<M> extends BaseRef<M> {
    static final int POLICY_BLOCK = 0;
    static final int POLICY_FAIL = 1;
    static final int POLICY_DROP_NEWEST = 2;
    static final int POLICY_DROP_OLDEST = 3;
    private static final int NORMAL = Priority.NORMAL.ordinal();

    private final Engine engine;
    private final String name;
    private final int index;
    private final int liveHalf;
    private @Nullable Extras extras;

    Cell(Engine engine, String name, int index, int liveHalf) {
        this.engine = engine;
        this.name = name;
        this.index = index;
        this.liveHalf = liveHalf;
    }

    /** Checks what the next messages of this type and length have in common, before the first of them is handled. @throws Unhandled if they cannot be handled */
    void admit(Turn turn, int type, int lengthBytes) throws Exception {}

    /** Handles one message in a turn; its type and length were admitted. What it throws sends the message to dead letters. */
    abstract void handle(Turn turn, int type, long payload, int lengthBytes) throws Throwable;

    /** The codec of a message, or null: by reference. Runs on the sender's thread. */
    abstract @Nullable Codec<M> codecOf(M message);

    /** Whether messages of a class may be told; for {@code find}. */
    abstract boolean accepts(Class<?> type);

    /** Binary name of what may be told; for the journal. */
    abstract String typeName();

    /** Called in the first turn. */
    void started(Turn turn) throws Exception {}

    /** Called in the last turn, or when the engine closes. */
    void stopped() throws Exception {}

    /** 1 Java, 2 C++ handler. */
    int kind() {
        return EndpointDescriptor.KIND_JAVA;
    }

    @Override
    final Cell<M> cell() {
        return this;
    }

    @Override
    final long deadlineNs() {
        return engine.blockDeadlineNs();
    }

    final Engine engine() {
        return engine;
    }

    final String endpointName() {
        return name;
    }

    final int index() {
        return index;
    }

    final int liveHalf() {
        return liveHalf;
    }

    final int generation() {
        return HomeWord.generation(liveHalf);
    }

    @Override
    final int policy() {
        return HomeWord.policy(liveHalf);
    }

    @Override
    final int priority() {
        return NORMAL;
    }

    @Override
    final long timeToLiveNs() {
        return 0;
    }

    /** The policy of messages of a priority. */
    final int policyAt(int priority) {
        return Mem.getInt(row() + EndpointDescriptor.POLICIES_OFFSET) >>> 4 * priority & 0xF;
    }

    final boolean bounded() {
        return HomeWord.bounded(liveHalf);
    }

    /** Whether it is counted how many messages wait. */
    final boolean counted() {
        return HomeWord.counted(liveHalf);
    }

    /** Whether messages of any priority displace older ones. */
    final boolean displaces() {
        return HomeWord.displaces(liveHalf);
    }

    final long row() {
        return engine.region().rows() + (long) index * EndpointDescriptor.BYTES;
    }

    final int capacity() {
        return Mem.getInt(row() + EndpointDescriptor.CAPACITY_OFFSET);
    }

    /** Shard that it lives on now. */
    final int shard() {
        return (int) Mem.getLongVolatile(row());
    }

    /** The address as REPLY_TO. */
    final long address() {
        return index & 0xFFFFFFFFL | (long) generation() << 32;
    }

    /** What few endpoints have; made when first needed, by the holder of the shard. */
    final Extras extras() {
        Extras made = extras;
        if (made == null) {
            made = new Extras();
            extras = made;
        }
        return made;
    }

    /** Whether it is told to start, in front of its first message. */
    boolean starts() {
        return false;
    }

    final @Nullable Extras extrasOrNull() {
        return extras;
    }

    /** Children, parent, asks that wait for a reply. Used by the holder of the shard only; the children's list also under the control lock. */
    static final class Extras {
        final List<Cell<?>> children = new ArrayList<>();
        final Map<Long, HandlerAsk> asks = new HashMap<>();

        /** The first of the timers that it made; under the lock of {@link TimerService}. */
        @Nullable
        MessageTimer<?> timers;

        @Nullable
        Cell<?> parent;

        long nextAsk;
        boolean stopping;
    }
}
