package org.talaria.tests.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.talaria.DeadLetter;
import org.talaria.EngineError;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;

/**
 * Opens engines of one kind for a test, small ones, and keeps what their listeners were told. After the test every engine is closed and its
 * accounting checked: accepted = handled + dead.
 */
public final class Fabric {
    /** Longer than anything takes; the watchdog is the limit. */
    public static final Duration LONG = Duration.ofSeconds(50);

    private final EngineKind kind;
    private final List<Talaria> opened = new ArrayList<>();
    private final Queue<DeadLetter> letters = new ConcurrentLinkedQueue<>();
    private final Queue<EngineError> errors = new ConcurrentLinkedQueue<>();
    private final ManualClock clock = new ManualClock();

    Fabric(EngineKind kind) {
        this.kind = kind;
    }

    /** The engine under test. */
    public EngineKind kind() {
        return kind;
    }

    /** An engine with one worker. */
    public Talaria open() {
        return open(config -> {});
    }

    /** An engine with another configuration. */
    public Talaria open(Consumer<TalariaConfig> change) {
        TalariaConfig config = small();
        change.accept(config);
        Talaria talaria = Talaria.open(config);
        opened.add(talaria);
        assertEquals(kind, talaria.engine(), () -> "another engine was got: " + talaria.engineReason());
        return talaria;
    }

    /** An engine without threads, on {@link #clock}: {@link Talaria#invoke} does the work. */
    public Talaria invoker() {
        return invoker(config -> {});
    }

    /** The same with another configuration. */
    public Talaria invoker(Consumer<TalariaConfig> change) {
        return open(config -> {
            config.invoker().clock(clock).shards(2);
            change.accept(config);
        });
    }

    /** A small configuration of this kind, with this fabric's listeners. */
    public TalariaConfig small() {
        return TalariaConfig.config()
                .engine(kind)
                .workers(1)
                .shards(4)
                .ringCapacityBytes(64 << 10)
                .maxMessageBytes(4 << 10)
                .maxEndpoints(4_096)
                .waiters(64)
                .shutdownHook(false)
                // Handlers that a latch holds are no errors; the tests of stalls set their own
                .stallThreshold(Duration.ZERO)
                .balancing(false)
                .onDeadLetter(letters::add)
                .onError(errors::add);
    }

    /** The clock of invoker engines. */
    public ManualClock clock() {
        return clock;
    }

    /** Dead letters so far, in the order told. */
    public List<DeadLetter> letters() {
        return List.copyOf(letters);
    }

    /** Reasons of the dead letters so far. */
    public List<DeadLetter.Reason> reasons() {
        return letters().stream().map(DeadLetter::reason).toList();
    }

    /** Errors so far, in the order told. */
    public List<EngineError> errors() {
        return List.copyOf(errors);
    }

    /** Runs an invoker engine until nothing is left to do. */
    public static void drain(Talaria talaria) {
        // A lap may do what is no message (start, stop, flush): one empty lap proves nothing.
        int empty = 0;
        while (empty < 4) {
            empty = talaria.invoke() == 0 ? empty + 1 : 0;
        }
    }

    /** Waits until an engine is quiet, and checks its accounting. */
    public static EngineStats settle(Talaria talaria) {
        assertTrue(talaria.quiesce(LONG), "the engine does not become quiet");
        return balanced(talaria);
    }

    /** Checks that every message accepted is handled or dead. */
    public static EngineStats balanced(Talaria talaria) {
        EngineStats stats = talaria.stats();
        assertEquals(stats.accepted(), stats.handled() + stats.dead() + stats.inFlight(), () -> "identity: " + stats);
        assertEquals(0, stats.inFlight(), () -> "in flight: " + stats);
        return stats;
    }

    void finish(boolean failedAlready) {
        try {
            for (Talaria talaria : opened) {
                talaria.close();
                balanced(talaria);
            }
        } catch (RuntimeException | AssertionError e) {
            if (!failedAlready) {
                throw e;
            }
        }
    }
}
