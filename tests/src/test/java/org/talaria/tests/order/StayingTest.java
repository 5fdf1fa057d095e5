package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** A drainer stays with a shard whose messages come one at a time: not at the cost of others, of time, of room. */
class StayingTest {
    /** Eight batches of 512, and what may come between two looks. */
    private static final int A_TURN = 6_000;

    /** Tells itself the next number until it is told enough. */
    private static ActorRef<Note> counter(Talaria talaria, int last, AtomicInteger count, Runnable each) {
        AtomicReference<ActorRef<Note>> self = new AtomicReference<>();
        ActorRef<Note> counter = talaria.with(ActorOptions.options().onShard(0)).actor("counter", Note.class, note -> {
            count.incrementAndGet();
            each.run();
            if (note.number() < last) {
                self.get().tell(new Note(note.number() + 1)).orThrow();
            }
        });
        self.set(counter);
        return counter;
    }

    @BothEngines
    void anotherShardIsServedMeanwhile(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(1).shards(2));
        AtomicInteger count = new AtomicInteger();
        AtomicInteger servedAt = new AtomicInteger();
        ActorRef<Note> other = talaria.with(ActorOptions.options().onShard(1))
                .actor("other", Note.class, note -> servedAt.set(count.get()));
        int toldAt = 1_000;
        counter(talaria, 400_000, count, () -> {
                    if (count.get() == toldAt) {
                        other.tell(new Note(0)).orThrow();
                    }
                })
                .tell(new Note(1))
                .orThrow();
        Fabric.settle(talaria);
        assertTrue(servedAt.get() >= toldAt && servedAt.get() <= toldAt + A_TURN, () -> "served at " + servedAt);
    }

    @BothEngines
    void timeGoesOn(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(1).shards(1));
        int last = 100_000;
        AtomicReference<ActorRef<Note>> self = new AtomicReference<>();
        long[] time = new long[1];
        int[] run = new int[2];
        self.set(talaria.actor("counter", Note.class, (note, context) -> {
            run[0] = context.nowNs() == time[0] ? run[0] + 1 : 1;
            time[0] = context.nowNs();
            run[1] = Math.max(run[0], run[1]);
            if (note.number() < last) {
                self.get().tell(new Note(note.number() + 1)).orThrow();
            }
        }));
        self.get().tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        assertTrue(run[1] <= A_TURN, () -> run[1] + " messages at one time");
    }

    @BothEngines
    void roomIsFreedMeanwhile(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(1)
                .shards(1)
                .ringCapacityBytes(4_096)
                .maxMessageBytes(512)
                .backPressure(BackPressure.FAIL));
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Text> actor = talaria.actor("patient", Text.class, text -> handled.incrementAndGet());
        Text text = new Text("x".repeat(400));
        int refused = 0;
        for (int i = 1; i <= 20_000; i++) {
            while (actor.tell(text) != Outcome.ACCEPTED) {
                refused++;
            }
            while (handled.get() != i) {
                Thread.onSpinWait();
            }
        }
        assertEquals(0, refused, "there was never more than one in the ring");
    }

    /** An exception that cannot even be told of. */
    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }
    }

    /** R13: what fails beyond telling is one dead letter; nothing is handled twice, wherever the drainer was. */
    @BothEngines
    void whatCannotBeToldIsOneDeadLetter(Fabric fabric) {
        for (int bad = 1; bad <= 4; bad++) {
            int failing = bad;
            Talaria talaria = fabric.open(config -> config.workers(1).shards(1).onDeadLetter(letter -> {
                throw new Unspeakable();
            }));
            List<Integer> ran = new ArrayList<>();
            AtomicReference<ActorRef<Note>> self = new AtomicReference<>();
            self.set(talaria.actor("counter", Note.class, note -> {
                ran.add(note.number());
                if (note.number() < 5) {
                    self.get().tell(new Note(note.number() + 1)).orThrow();
                }
                if (note.number() == failing) {
                    throw new Unspeakable();
                }
            }));
            self.get().tell(new Note(1)).orThrow();
            long dead = Fabric.settle(talaria).dead();
            assertEquals(List.of(1, 2, 3, 4, 5), ran);
            assertEquals(1, dead);
            talaria.close();
        }
    }

    @BothEngines
    void aStopThatWasAskedForByAFailureStopsNobodyElse(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(1).shards(1).onDeadLetter(letter -> {
            throw new Unspeakable();
        }));
        ActorRef<Note> bad = talaria.actor("bad", Note.class, (note, context) -> {
            context.stop();
            throw new Unspeakable();
        });
        AtomicInteger handled = new AtomicInteger();
        ActorRef<Note> innocent = talaria.actor("innocent", Note.class, note -> handled.incrementAndGet());
        bad.tell(new Note(1)).orThrow();
        innocent.tell(new Note(1)).orThrow();
        Fabric.settle(talaria);
        innocent.tell(new Note(2)).orThrow();
        Fabric.settle(talaria);
        assertEquals(2, handled.get());
    }
}
