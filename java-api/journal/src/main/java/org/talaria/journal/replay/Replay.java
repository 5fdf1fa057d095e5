package org.talaria.journal.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter.Reason;
import org.talaria.TalariaException;
import org.talaria.actor.Snapshot;
import org.talaria.internal.engine.ReplayEngine;
import org.talaria.internal.engine.Snapshots;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.EpochInfo;
import org.talaria.journal.read.HandlingOrder;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.Step;
import org.talaria.journal.show.Describer;

/**
 * Feeds a journal to an application's own handlers, Java and C++, deterministically: on one thread, in one order that the run could have had, with the recorded
 * time. What handlers send goes nowhere; it is compared with what the journal says. Needs the native library if the journal has C++ endpoints; no other JVM
 * flags.
 */
public final class Replay {
    /** What the engine did not handle by its own lights, of the time and the room there was: a replay has neither. */
    private static final Set<Reason> GIVEN_UP = EnumSet.of(Reason.EXPIRED, Reason.DISPLACED, Reason.CLOSED);

    private static final int PROGRESS_STEPS = 4_096;

    private final EpochIndex epoch;
    private final ReplayOptions options;
    private final Sends sends;
    private final ReplayEngine engine;
    private final Feeder feeder;
    private final Pace pace;
    private final Describer describer;
    private final Set<String> skipped = new LinkedHashSet<>();
    private long messages;
    private long handled;
    private long dead;
    private boolean stopped;

    private Replay(JournalIndex index, ReplayApplication application, ReplayOptions options) {
        this.options = options;
        epoch = options.epoch() == 0 ? index.last() : index.epoch(options.epoch());
        EpochInfo info = epoch.info();
        sends = new Sends(epoch);
        engine = ReplayEngine.open(info.shards(), info.maxMessageBytes(), sends);
        pace = new Pace(options.pace());
        describer = new Describer(epoch);
        ClassLoader loader = application.getClass().getClassLoader();
        epoch.directory().schemas().forEach(schema -> engine.known(schema.name(), schema.id(), loader));
        Registry registry = new Registry(engine, names());
        feeder = new Feeder(epoch, engine, registry, options.libraries());
        registered(registry, application);
    }

    private void registered(Registry registry, ReplayApplication application) {
        try {
            application.register(registry);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private Set<String> names() {
        return epoch.directory().endpoints().stream().map(EndpointInfo::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Replays a journal.
     *
     * @throws TalariaException if the folder is no journal, an endpoint that was asked for is not in it, or a handler library is not the one of the run
     */
    public static ReplayResult run(Path journal, ReplayApplication application, ReplayOptions options) {
        JournalIndex index = JournalIndex.of(journal);
        Replay replay = new Replay(index, application, options);
        try (HandlingOrder order = HandlingOrder.of(index, replay.epoch)) {
            replay.checkEndpoints();
            return replay.run(order, index);
        } finally {
            replay.engine.close();
        }
    }

    private void checkEndpoints() {
        Set<String> known = names();
        for (String name : options.endpoints()) {
            if (!known.contains(name)) {
                throw new TalariaException("epoch " + epoch.info().epoch() + " of the journal has no endpoint " + name
                        + ": it has "
                        + known.stream().sorted().limit(10).collect(Collectors.joining(", "))
                        + (known.size() > 10 ? " and " + (known.size() - 10) + " more" : ""));
            }
        }
    }

    private ReplayResult run(HandlingOrder order, JournalIndex index) {
        long steps = 0;
        Step step = order.next();
        while (step != null && !stopped) {
            step(step);
            if (++steps % PROGRESS_STEPS == 0) {
                options.progress().at(steps, epoch.records());
            }
            step = stopped ? null : order.next();
        }
        options.progress().at(steps, epoch.records());
        boolean whole = options.endpoints().isEmpty()
                && options.fromNs() == 0
                && options.toNs() == 0
                && !stopped
                && epoch.ended();
        sends.finish(whole);
        return new ReplayResult(
                messages,
                handled,
                dead,
                sends.compared(),
                sends.first(),
                sends.count(),
                snapshots(),
                Set.copyOf(skipped),
                !stopped,
                limits(index));
    }

    private void step(Step step) {
        EndpointInfo to =
                epoch.directory().endpoint(step.record().target(), step.record().generation());
        if (to == null || !step.handled() || !inTime(step)) {
            return;
        }
        if (feeder.expects(step.record())) {
            sends.journaled(step.record(), feeder.senderOf(step.record()), to);
        }
        boolean chosen = options.endpoints().isEmpty() || options.endpoints().contains(to.name());
        if (!chosen) {
            return;
        }
        if (!feeder.ready(to)) {
            skipped.add(to.name());
            return;
        }
        if (!options.listener().before(() -> describer.describe(step))) {
            stopped = true;
            return;
        }
        pace.await(step.timeNs());
        feed(step, to);
    }

    private void feed(Step step, EndpointInfo to) {
        if (step.deadReason() != 0 && GIVEN_UP.contains(Reason.ofCode(step.deadReason()))) {
            messages += step.record().isControl() ? 0 : 1;
            dead++;
            return;
        }
        sends.begin(
                to.name(),
                step.record().id(),
                step.record().shard(),
                step.record().position());
        boolean taken = feeder.feed(step, to);
        messages += step.record().isControl() ? 0 : 1;
        handled += taken ? 1 : 0;
        dead += taken ? 0 : 1;
        if (feeder.comparable(to)) {
            sends.end(taken, step.deadReason() == 0, engine.whyDead());
        }
    }

    private boolean inTime(Step step) {
        if (options.fromNs() == 0 && options.toNs() == 0) {
            return true;
        }
        long at = epoch.info().wallClockNs(step.timeNs());
        return at >= options.fromNs() && (options.toNs() == 0 || at < options.toNs());
    }

    private Map<String, byte[]> snapshots() {
        Map<String, byte[]> all = new TreeMap<>();
        for (String name : names()) {
            byte @Nullable [] state = engine.snapshot(name);
            if (state != null) {
                all.put(name, state);
            }
        }
        for (Map.Entry<String, Snapshot> given : feeder.registry().snapshots().entrySet()) {
            all.put(given.getKey(), Snapshots.bytes(given.getValue()));
        }
        return all;
    }

    private List<String> limits(JournalIndex index) {
        List<String> limits = new ArrayList<>();
        if (handled + dead == 0) {
            limits.add("nothing was replayed: no record fits what was asked for, or no handler is registered for any");
        }
        index.damages()
                .forEach(damage -> limits.add(
                        "segment " + damage.segment() + ", file offset " + damage.fileOffset() + ": " + damage.text()));
        if (!epoch.ended()) {
            limits.add("epoch " + epoch.info().epoch()
                    + " has no end: it is replayed as far as it was journaled as handled");
        }
        if (!epoch.info().begins()) {
            limits.add("the first segments were deleted by retention: the states begin in the middle");
        }
        return limits;
    }
}
