package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Join;
import org.talaria.Talaria;
import org.talaria.Timer;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayResult;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.show.Shown;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What was forked is in the journal like any message, and said to be: it is proved, and a replay, which counts nothing, has the states that the run had. */
class ForkTest {
    private static final int LEAVES = 3;
    /** More joins than a replay has by default: it opens none. */
    private static final int FORKS = 150;

    @TempDir
    Path folder;

    /** Adds up what comes. */
    private static class Leaf extends Actor<Deposit> implements Snapshot {
        private long hash;

        @Override
        protected Receive<Deposit> receive() {
            return on(Deposit.class, deposit -> hash = 31 * hash + deposit.cents());
        }

        @Override
        public void write(ByteBuffer buffer) {
            buffer.putLong(hash);
        }
    }

    /** Forks each message that it gets, and half as much of it one by one. */
    private static final class Root extends Leaf {
        private final List<ActorRef<Deposit>> leaves;
        private final CountDownLatch joined;

        Root(List<ActorRef<Deposit>> leaves, CountDownLatch joined) {
            this.leaves = leaves;
            this.joined = joined;
        }

        @Override
        protected Receive<Deposit> receive() {
            return on(Deposit.class, (deposit, context) -> {
                context.fork(leaves, deposit).whenDone().thenRun(joined::countDown);
                context.forkEach(leaves, i -> new Deposit(deposit.cents() + i, "each"))
                        .whenDone()
                        .thenRun(joined::countDown);
            });
        }
    }

    private void run(EngineKind kind) throws InterruptedException {
        CountDownLatch joined = new CountDownLatch(2 * FORKS);
        Map<String, Leaf> live = new HashMap<>();
        AtomicInteger ticks = new AtomicInteger();
        try (Talaria talaria =
                Talaria.open(config().engine(kind).shards(4).joins(1_024).journal(Journal.at(folder)))) {
            List<ActorRef<Deposit>> leaves = new ArrayList<>();
            for (int i = 0; i < LEAVES; i++) {
                Leaf leaf = new Leaf();
                live.put("leaf-" + i, leaf);
                leaves.add(talaria.actor("leaf-" + i, () -> leaf));
            }
            Root forks = new Root(leaves, joined);
            live.put("root", forks);
            ActorRef<Deposit> root = talaria.actor("root", () -> forks);
            Join join = talaria.fork(Collections.nCopies(FORKS, root), new Deposit(7, "all"));
            assertTrue(join.await(Duration.ofSeconds(60)));
            assertTrue(joined.await(60, TimeUnit.SECONDS), () -> joined.getCount() + " joins did not end");
            ActorRef<Deposit> clock = talaria.actor("clock", Deposit.class, deposit -> ticks.incrementAndGet());
            Timer timer =
                    talaria.timers().fixedDelay(clock, new Deposit(1, "tick"), Duration.ZERO, Duration.ofNanos(1_000));
            while (ticks.get() < 5) {
                Thread.yield();
            }
            timer.cancel();
            assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
            assertEquals(0, talaria.stats().dead());
        }
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        shown(ticks.get());
        replay(live);
    }

    private void shown(int ticks) {
        List<Shown> all = new ArrayList<>();
        Show.of(folder).each(Filter.all(), all::add);
        long forked = all.stream().filter(Shown::forked).count();
        assertEquals(FORKS + 2L * LEAVES * FORKS + ticks, forked);
        assertEquals(
                forked,
                all.stream().filter(one -> one.line().contains("(forked)")).count());
        assertEquals(
                forked,
                all.stream()
                        .filter(one -> one.toJson().contains("\"forked\":true"))
                        .count());
    }

    private void replay(Map<String, Leaf> live) {
        ReplayResult result = Replay.run(
                folder,
                registry -> registry.matching(live::containsKey, (name, actors) -> {
                    if (name.equals("root")) {
                        List<ActorRef<Deposit>> leaves = new ArrayList<>();
                        for (int i = 0; i < LEAVES; i++) {
                            leaves.add(registry.ref("leaf-" + i, Deposit.class));
                        }
                        actors.actor(name, () -> new Root(leaves, new CountDownLatch(0)));
                    } else {
                        actors.actor(name, Leaf::new);
                    }
                }),
                ReplayOptions.all());
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        Map<String, byte[]> states = new HashMap<>();
        live.forEach((name, leaf) -> {
            ByteBuffer state = ByteBuffer.allocate(8);
            leaf.write(state);
            states.put(name, state.array());
        });
        assertEquals(List.of(), result.compare(states));
    }

    @Test
    void shouldJournalTheJavaEnginesForks() throws InterruptedException {
        run(EngineKind.JAVA);
    }

    @Test
    @Tag("native")
    void shouldJournalTheNativeEnginesForks() throws InterruptedException {
        run(EngineKind.NATIVE);
    }
}
