package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.Timer;
import org.talaria.actor.Actor;
import org.talaria.actor.Context;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayResult;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What timers send is in the journal like any message: it is proved, and a replay, where no timer runs, gets it from there. */
class TimersTest {
    private static final int TICKS = 40;
    private static final Duration TICK = Duration.ofMillis(1);

    @TempDir
    Path folder;

    /** Winds itself up with its first message: ticks, and now and then sends something else a little later. */
    private static final class Clockwork extends Actor<Deposit> implements Snapshot {
        private final CountDownLatch done;
        private final List<Timer> timers = new ArrayList<>();
        private int ticks;
        private long hash;

        Clockwork(CountDownLatch done) {
            this.done = done;
        }

        @Override
        protected Receive<Deposit> receive() {
            return on(Deposit.class, this::handle);
        }

        private void handle(Deposit deposit, Context context) {
            hash = 31 * (31 * hash + deposit.cents()) + context.nowNs();
            if (timers.isEmpty()) {
                timers.add(context.timers().fixedRate(self(), new Deposit(1, "tick"), Duration.ZERO, TICK));
            } else if (deposit.cents() == 1 && ++ticks % 10 == 0) {
                context.timers().once(self(), new Deposit(ticks, "tock"), TICK);
            }
            if (ticks == TICKS && deposit.cents() == 1) {
                timers.get(0).cancel();
            }
            if (deposit.cents() == TICKS) {
                done.countDown();
            }
        }

        @Override
        public void write(ByteBuffer buffer) {
            buffer.putInt(ticks).putLong(hash);
        }
    }

    private void run(EngineKind kind) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Clockwork clockwork = new Clockwork(done);
        try (Talaria talaria = Talaria.open(config().engine(kind).shards(4).journal(Journal.at(folder)))) {
            ActorRef<Deposit> ref = talaria.actor("clockwork", () -> clockwork);
            ref.tell(new Deposit(0, "wind up")).orThrow();
            assertTrue(done.await(60, TimeUnit.SECONDS), "the last tock");
            talaria.timers().once(ref, new Deposit(5, "never"), Duration.ofHours(1));
            ActorRef<Object> objects = talaria.actor("objects", Object.class, object -> {});
            assertThrows(TalariaException.class, () -> talaria.timers().once(objects, new Object(), TICK));
            assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
        }
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        List<String> lines = new ArrayList<>();
        Show.of(folder).each(Filter.all().endpoint("clockwork"), shown -> lines.add(shown.line()));
        // One more may have been in the mailbox when it was cancelled
        assertEquals(
                clockwork.ticks,
                lines.stream().filter(line -> line.contains("tick")).count(),
                lines::toString);
        assertTrue(clockwork.ticks >= TICKS, lines::toString);
        assertEquals(
                TICKS / 10, lines.stream().filter(line -> line.contains("tock")).count(), lines::toString);
        replay(clockwork);
    }

    private void replay(Clockwork live) {
        ByteBuffer state = ByteBuffer.allocate(12);
        live.write(state);
        ReplayResult result = Replay.run(
                folder,
                registry -> registry.matching(
                        "clockwork"::equals,
                        (name, actors) -> actors.actor(name, () -> new Clockwork(new CountDownLatch(1)))),
                ReplayOptions.all());
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        assertTrue(result.complete(), result::toString);
        assertEquals(List.of(), result.compare(Map.of("clockwork", state.array())));
    }

    @Test
    void shouldJournalTheJavaEnginesTimers() throws InterruptedException {
        run(EngineKind.JAVA);
    }

    @Test
    @Tag("native")
    void shouldJournalTheNativeEnginesTimers() throws InterruptedException {
        run(EngineKind.NATIVE);
    }
}
