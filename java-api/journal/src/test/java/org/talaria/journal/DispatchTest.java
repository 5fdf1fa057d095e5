package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineKind;
import org.talaria.Priority;
import org.talaria.Receiver;
import org.talaria.Ref;
import org.talaria.ShardGroup;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayResult;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Lanes, receivers, what expired and what was displaced: the journal proves their order, and a replay has the states that the run had. */
class DispatchTest {
    private static final int MESSAGES = 2_000;

    @TempDir
    Path folder;

    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    /** What it comes to depends on the order of all it handles. Hands some of it on. */
    private static final class Ledger extends Actor<Deposit> implements Snapshot {
        private final Ref<Deposit> next;
        private long hash;
        private int count;

        Ledger(Ref<Deposit> next) {
            this.next = next;
        }

        @Override
        protected Receive<Deposit> receive() {
            return on(Deposit.class, deposit -> {
                hash = 31 * hash + deposit.cents();
                if (next != null && ++count % 3 == 0) {
                    next.at(Priority.values()[count % 4]).tell(new Deposit(-deposit.cents(), "on"));
                }
            });
        }

        @Override
        public void write(ByteBuffer buffer) {
            buffer.putLong(hash);
        }
    }

    private final Map<String, Ledger> ledgers = new HashMap<>();

    private ActorRef<Deposit> ledger(Talaria talaria, String name, ActorOptions options, Ref<Deposit> next) {
        Ledger ledger = new Ledger(next);
        ledgers.put(name, ledger);
        return talaria.with(options).actor(name, () -> ledger);
    }

    private void run(EngineKind kind) {
        try (Talaria talaria = Talaria.open(config().engine(kind)
                .workers(2)
                .shards(4)
                .lanes(4)
                .onDeadLetter(letter -> {})
                .group(ShardGroup.named("io").shards(2).lanes(2).drainedBy(pool))
                .journal(Journal.at(folder)))) {
            ActorOptions options = ActorOptions.options();
            ActorRef<Deposit> sink = ledger(talaria, "sink", options.dedicated(), null);
            List<ActorRef<Deposit>> all = new ArrayList<>();
            all.add(ledger(talaria, "laned", options, sink));
            all.add(ledger(talaria, "scene", options.in("main"), sink));
            all.add(ledger(talaria, "io", options.in("io"), sink));
            all.add(ledger(talaria, "small", options.mailbox(Mailbox.bounded(4, BackPressure.DROP_OLDEST)), sink));
            Receiver<Deposit> receiver = talaria.receiver("inbox", Deposit.class);
            int taken = 0;
            for (int i = 0; i < MESSAGES; i++) {
                Ref<Deposit> to = all.get(i % all.size()).at(Priority.values()[i / 3 % 4]);
                (i % 7 == 0 ? to.expiringAfter(Duration.ofNanos(1)) : to)
                        .tell(new Deposit(i, "deposit"))
                        .orThrow();
                if (i % 10 == 0) {
                    receiver.ref().tell(new Deposit(i, "taken")).orThrow();
                    taken += receiver.receive(Duration.ofSeconds(60)) == null ? 0 : 1;
                    talaria.mainThread().drain();
                }
            }
            while (!talaria.quiesce(Duration.ofMillis(1))) {
                talaria.mainThread().drain();
            }
            assertEquals(MESSAGES / 10, taken);
            assertTrue(talaria.stats().dead() > 0, "something expired");
        }
    }

    private void proveAndReplay() {
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        ReplayResult result = Replay.run(
                folder,
                registry -> registry.matching(ledgers::containsKey, (name, actors) -> {
                    Ref<Deposit> next = name.equals("sink") ? null : registry.ref("sink", Deposit.class);
                    actors.actor(name, () -> new Ledger(next));
                }),
                ReplayOptions.all());
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        Map<String, byte[]> states = new HashMap<>();
        ledgers.forEach((name, ledger) -> {
            ByteBuffer state = ByteBuffer.allocate(8);
            ledger.write(state);
            states.put(name, state.array());
        });
        assertEquals(List.of(), result.compare(states));
    }

    @Test
    void shouldProveTheJavaEngine() {
        run(EngineKind.JAVA);
        proveAndReplay();
    }

    @Test
    @Tag("native")
    void shouldProveTheNativeEngine() {
        run(EngineKind.NATIVE);
        proveAndReplay();
    }
}
