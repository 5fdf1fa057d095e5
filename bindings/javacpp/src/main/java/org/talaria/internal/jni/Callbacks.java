package org.talaria.internal.jni;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.talaria.bindings.BlockHandler;
import org.talaria.bindings.ClockHandler;
import org.talaria.bindings.FailureHandler;
import org.talaria.bindings.SuccessionHandler;

/**
 * Brings the core's callbacks to the handlers of the engine they belong to.
 *
 * <p>JavaCPP gives each {@code FunctionPointer} class ten C functions in all, hands them out without a lock and holds the Java object
 * weakly. So there is one instance of each class for the whole process, allocated once, in a static field; the engine's slot travels
 * as {@code user}. Nothing may be thrown out of a callback: the generated code does not look, and the exception would stay pending in
 * the core's next JNI call.
 */
public final class Callbacks {
    private static final System.Logger LOG = System.getLogger(Callbacks.class.getName());

    private static final Map<Long, Integer> SLOT_OF_ENGINE = new HashMap<>();

    /** Copied on write under the class lock; a worker reads it once a block. */
    private static volatile Handlers[] slots = {};

    private Callbacks() {}

    /** Opens an engine whose callbacks go to these handlers; returns its handle or a negative number. */
    public static long engineOpen(
            long region,
            long endpoints,
            BlockHandler onBlock,
            FailureHandler onFailure,
            SuccessionHandler onSuccession) {
        // Fails cleanly where no library is loaded; a failure inside Pointers' initializer would stay for ever.
        TalariaCore.talaria_abi_version();
        int slot = take(onBlock, onFailure, onSuccession);
        long engine = TalariaCore.talaria_engine_open(
                region, endpoints, Pointers.BLOCK, Pointers.FAILURE, Pointers.SUCCESSION, slot);
        synchronized (Callbacks.class) {
            if (engine < 0) {
                release(slot);
            } else {
                SLOT_OF_ENGINE.put(engine, slot);
            }
        }
        return engine;
    }

    /** From now on the engine's time is told by this; before any worker runs. */
    public static synchronized void engineClock(long engine, ClockHandler onClock) {
        int slot = SLOT_OF_ENGINE.get(engine);
        Handlers handlers = slots[slot];
        put(slot, new Handlers(handlers.onBlock, handlers.onFailure, handlers.onSuccession, onClock));
        TalariaCore.talaria_engine_clock(engine, Pointers.CLOCK);
    }

    /** Closes an engine and lets go of its handlers, unless the core refuses to close it. */
    public static int engineClose(long engine) {
        Integer slot;
        synchronized (Callbacks.class) {
            // Before the native close: the next engine to be opened may get the same handle.
            slot = SLOT_OF_ENGINE.remove(engine);
        }
        int result = TalariaCore.talaria_engine_close(engine);
        synchronized (Callbacks.class) {
            if (slot != null && result < 0) {
                SLOT_OF_ENGINE.put(engine, slot);
            } else if (slot != null) {
                release(slot);
            }
        }
        return result;
    }

    /** Keeps the handlers; returns what is to travel as {@code user}. */
    static synchronized int take(BlockHandler onBlock, FailureHandler onFailure, SuccessionHandler onSuccession) {
        int slot = 0;
        while (slot < slots.length && slots[slot] != null) {
            slot++;
        }
        put(slot, new Handlers(onBlock, onFailure, onSuccession, System::nanoTime));
        return slot;
    }

    /** Lets go of what {@link #take} kept. */
    static synchronized void release(int slot) {
        put(slot, null);
    }

    private static void put(int slot, Handlers handlers) {
        Handlers[] copy = Arrays.copyOf(slots, Math.max(slots.length, slot + 1));
        copy[slot] = handlers;
        slots = copy;
    }

    private static long block(long user, long address, int lengthBytes, long position, int lane, int worker) {
        try {
            return slots[(int) user].onBlock.onBlock(address, lengthBytes, position, lane, worker);
        } catch (Throwable e) {
            log("A block handler threw; the block counts as failed", e);
            return -1;
        }
    }

    private static void failure(long user, long record, int reason, String text, int lane, int worker) {
        try {
            slots[(int) user].onFailure.onFailure(record, reason, text, lane, worker);
        } catch (Throwable e) {
            log("A failure handler threw", e);
        }
    }

    private static int succession(long user, int endpoint, int worker) {
        try {
            return slots[(int) user].onSuccession.onSuccession(endpoint, worker);
        } catch (Throwable e) {
            log("A succession handler threw; the send is refused", e);
            return -1;
        }
    }

    private static long clock(long user) {
        try {
            return slots[(int) user].onClock.nowNs();
        } catch (Throwable e) {
            log("A clock threw; the time is the machine's", e);
            return System.nanoTime();
        }
    }

    private static void log(String message, Throwable cause) {
        try {
            LOG.log(System.Logger.Level.ERROR, message, cause);
        } catch (Throwable e) {
            // Out of memory or stack in the logger too: nothing is left that could report it, and nothing may leave a
            // callback.
            return;
        }
    }

    private record Handlers(
            BlockHandler onBlock, FailureHandler onFailure, SuccessionHandler onSuccession, ClockHandler onClock) {}

    /** The C functions; a class of its own, so that they are allocated when the library is there. */
    static final class Pointers {
        static final BlockCallback BLOCK = new BlockCallback() {
            @Override
            public long call(long user, long address, int lengthBytes, long position, int lane, int worker) {
                return block(user, address, lengthBytes, position, lane, worker);
            }
        };

        static final FailureCallback FAILURE = new FailureCallback() {
            @Override
            public void call(long user, long record, int reason, String text, int lane, int worker) {
                failure(user, record, reason, text, lane, worker);
            }
        };

        static final SuccessionCallback SUCCESSION = new SuccessionCallback() {
            @Override
            public int call(long user, int endpoint, int worker) {
                return succession(user, endpoint, worker);
            }
        };

        static final ClockCallback CLOCK = new ClockCallback() {
            @Override
            public long call(long user) {
                return clock(user);
            }
        };

        private Pointers() {}
    }
}
