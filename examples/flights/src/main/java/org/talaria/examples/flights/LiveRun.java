package org.talaria.examples.flights;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.NativeHandler;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.examples.flights.input.Flight;
import org.talaria.examples.flights.report.Results;
import org.talaria.journal.Journal;

/** The first engine: handles the flights, journaled, and is measured. Used once. */
final class LiveRun {
    private static final Duration QUIET_STEP = Duration.ofMillis(200);
    private static final long QUIET_LIMIT_NS = TimeUnit.MINUTES.toNanos(2);
    private static final int P50 = 50;
    private static final int P99 = 99;
    private static final double NANOS = 1e9;

    private final DemoOptions options;
    private final RunFolder folder;
    private final Interruption interruption;
    private final Progress progress;
    private final AtomicReference<@Nullable DeadLetter> firstDead = new AtomicReference<>();

    LiveRun(DemoOptions options, RunFolder folder, Interruption interruption, Progress progress) {
        this.options = options;
        this.folder = folder;
        this.interruption = interruption;
        this.progress = progress;
    }

    /**
     * What it leaves.
     *
     * @param engine which engine ran
     * @param endpoints its actors; the engine is closed
     * @param snapshots the states of all endpoints, by name
     * @param speed how fast it was
     */
    record Outcome(
            Results.Engine engine, LiveEndpoints endpoints, Map<String, byte[]> snapshots, Results.Speed speed) {}

    Outcome run(List<Flight> flights) {
        boolean built = HandlerLibrary.isBuilt();
        try (Talaria talaria = Talaria.open(config(kind(built)))) {
            // Once the folder is a journal's: it takes none that has something else in it
            NativeHandler handler = talaria.engine() == EngineKind.NATIVE ? library() : null;
            LiveEndpoints endpoints = new LiveEndpoints(talaria, handler);
            quiesce(talaria);
            long start = System.nanoTime();
            long sent = feed(endpoints, flights);
            quiesce(talaria);
            double seconds = Math.max(1, System.nanoTime() - start) / NANOS;
            long messages = talaria.stats().handled();
            Histogram calls = new CallTimer(interruption).measure(endpoints.airports());
            quiesce(talaria);
            requireAllHandled(talaria.stats(), endpoints, sent);
            Map<String, byte[]> snapshots = endpoints.snapshots();
            Results.Speed speed = new Results.Speed(
                    messages,
                    seconds,
                    calls.getTotalCount(),
                    calls.getValueAtPercentile(P50),
                    calls.getValueAtPercentile(P99));
            return new Outcome(engine(talaria, handler != null, built), endpoints, snapshots, speed);
        }
    }

    private NativeHandler library() {
        try {
            return HandlerLibrary.unpack(Files.createDirectories(folder.handlers()));
        } catch (IOException e) {
            throw new DemoException(
                    ExitCode.FAILED,
                    "cannot unpack the C++ handler into " + folder.path() + ": " + e
                            + ": give --journal a folder that can be written, or --engine java",
                    e);
        }
    }

    private EngineKind kind(boolean hasLibrary) {
        if (options.engine() == EngineKind.NATIVE && !hasLibrary) {
            throw new DemoException(
                    ExitCode.FAILED,
                    "--engine native: the C++ handler was not built for this machine: build with a C++20 compiler and CMake, or use --engine java");
        }
        return hasLibrary ? options.engine() : EngineKind.JAVA;
    }

    private TalariaConfig config(EngineKind kind) {
        TalariaConfig config = TalariaConfig.config()
                .engine(kind)
                .journal(Journal.at(folder.path()))
                // Ctrl-C is this run's own business: it closes the engine, then deletes the folder.
                .shutdownHook(false)
                .onDeadLetter(letter -> firstDead.compareAndSet(null, letter));
        return options.workers() == 0 ? config : config.workers(options.workers());
    }

    private long feed(LiveEndpoints endpoints, List<Flight> flights) {
        long all = (long) flights.size() * options.repeat();
        return new Feed(endpoints, interruption)
                .send(flights, options.repeat(), done -> progress.at("sending", done, all));
    }

    private void quiesce(Talaria talaria) {
        long end = System.nanoTime() + QUIET_LIMIT_NS;
        while (!talaria.quiesce(QUIET_STEP)) {
            interruption.check();
            if (System.nanoTime() - end > 0) {
                throw new DemoException(
                        ExitCode.FAILED, "the engine did not become quiet in two minutes: " + talaria.stats());
            }
        }
    }

    /** Accepted = handled + dead, with nobody dead and nobody in flight; and every flight came back to the collector. */
    private void requireAllHandled(EngineStats stats, LiveEndpoints endpoints, long sent) {
        DeadLetter dead = firstDead.get();
        if (dead != null || stats.dead() != 0) {
            throw new DemoException(ExitCode.FAILED, stats.dead() + " messages were not handled; the first: " + dead);
        }
        if (stats.accepted() != stats.handled()) {
            throw new DemoException(ExitCode.FAILED, "accepted and handled differ on a quiet engine: " + stats);
        }
        long answered = endpoints.collected().table().flights();
        if (answered != sent) {
            throw new DemoException(
                    ExitCode.FAILED, sent + " flights were sent and " + answered + " answers came back");
        }
    }

    private Results.Engine engine(Talaria talaria, boolean inCpp, boolean hasLibrary) {
        boolean isNative = talaria.engine() == EngineKind.NATIVE;
        String reason = isNative || options.engine() == EngineKind.JAVA
                ? ""
                : hasLibrary
                        ? talaria.engineReason()
                        : "the C++ handler was not built: a C++20 compiler and CMake are needed for that";
        return new Results.Engine(
                talaria.engine().name().toLowerCase(Locale.ROOT),
                reason,
                isNative ? workers() : 1,
                inCpp ? "C++" : "Java");
    }

    private int workers() {
        return options.workers() == 0 ? TalariaConfig.config().workers() : options.workers();
    }
}
