package org.talaria.tests.close;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.RequestFailedException;
import org.talaria.Talaria;
import org.talaria.TalariaClock;
import org.talaria.actor.ActorOptions;
import org.talaria.journal.Journal;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/**
 * R13: an up-call that fails as a whole, from Java. What a handler throws is caught in it; a user's clock, which a journaled engine reads as each turn's first block begins, is outside
 * of all records. What else may happen there, and where, is told by {@code native/test/test_failed_up_call.cpp}.
 */
class FailedUpCallTest {
    /** Throws so many times, on a worker, where the journal's time of a turn is read. */
    private static final class BrokenClock implements TalariaClock {
        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public long nanoTime() {
            if (Thread.currentThread().getName().startsWith("talaria-worker-")
                    && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("no time, on purpose");
            }
            return System.nanoTime();
        }
    }

    @TempDir
    Path folder;

    private final BrokenClock clock = new BrokenClock();

    private Talaria open(Fabric fabric) {
        AtomicReference<Talaria> opened = new AtomicReference<>();
        FakeJournal journal = FakeJournal.within(folder, () -> {
            opened.set(fabric.open(config -> config.journal(Journal.at(folder)).clock(clock)));
            return opened.get();
        });
        journal.keepUp();
        return opened.get();
    }

    @NativeOnly
    void itsFirstRecordDiesAndItsAskerIsTold(Fabric fabric) {
        Talaria talaria = open(fabric);
        List<Long> handled = Collections.synchronizedList(new ArrayList<>());
        List<ActorRef<Ping>> answering = new ArrayList<>();
        for (int shard = 0; shard < 2; shard++) {
            answering.add(talaria.with(ActorOptions.options().onShard(shard))
                    .answering("answering-" + shard, Ping.class, ping -> {
                        handled.add(ping.number());
                        return new Pong(ping.number());
                    }));
        }
        for (int i = 0; i < 6; i += 2) {
            // Each on the other shard than the call before: a turn of its own, which begins with a look at the clock
            assertEquals(new Pong(i), answering.get(0).call(new Ping(i), Fabric.LONG));
            clock.failures.set(1);
            RequestFailedException failed = assertThrows(
                    RequestFailedException.class, () -> answering.get(1).call(new Ping(-1), Fabric.LONG));
            assertEquals(Reason.HANDLER_FAILED, failed.reason());
            assertEquals(new Pong(i + 1), answering.get(1).call(new Ping(i + 1), Fabric.LONG));
        }
        EngineStats stats = Fabric.settle(talaria);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), handled);
        assertEquals(3, stats.dead());
        assertEquals(Collections.nCopies(3, Reason.HANDLER_FAILED), fabric.reasons());
        long told = fabric.errors().stream()
                .filter(error -> "no time, on purpose".equals(error.cause().getMessage()))
                .count();
        assertEquals(3, told, () -> "" + fabric.errors());
    }
}
