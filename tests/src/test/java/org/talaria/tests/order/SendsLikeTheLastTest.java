package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.NoteView;
import org.talaria.tests.messages.Text;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Seeds;

/** A thread's message like the one before takes a shorter way: to the same place, with the same answers. */
class SendsLikeTheLastTest {
    private static final int TARGETS = 4;
    private static final int SENDS = 20_000;

    /** Runs of sends of all kinds, to targets on several shards: each gets its own, in order, at once. */
    @BothEngines
    void runsOfEveryLengthToTargetsOnOtherShards(Fabric fabric) {
        Random random = new Random(Seeds.of("SendsLikeTheLastTest"));
        List<List<Integer>> got = new ArrayList<>();
        List<List<Integer>> sent = new ArrayList<>();
        List<ActorRef<Note>> targets = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            for (int i = 0; i < TARGETS; i++) {
                List<Integer> mine = new ArrayList<>();
                got.add(mine);
                sent.add(new ArrayList<>());
                targets.add(talaria.with(ActorOptions.options().onShard(i))
                        .actor("target" + i, NoteView.TYPE, note -> mine.add(note.number())));
            }
            int number = 0;
            while (number < SENDS) {
                int target = random.nextInt(TARGETS);
                for (int left = random.nextInt(4); left >= 0; left--) {
                    send(targets.get(target), random.nextInt(4), ++number);
                    sent.get(target).add(number);
                }
            }
            Fabric.settle(talaria);
        }
        assertEquals(sent, got);
    }

    private static void send(ActorRef<Note> to, int way, int number) {
        Outcome outcome =
                switch (way) {
                    case 0 -> to.tell(new Note(number));
                    case 1 -> to.tellAll(List.of(new Note(number)));
                    default -> NoteClaim.tell(to, number);
                };
        outcome.orThrow();
    }

    /** Each message must be handled before the next is sent: a look at another shard's state would leave it asleep. */
    @BothEngines(seconds = 20)
    void eachWakesTheShardItWentTo(Fabric fabric) {
        AtomicReference<Integer> last = new AtomicReference<>(0);
        try (Talaria talaria = fabric.open()) {
            List<ActorRef<Note>> targets = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                targets.add(talaria.with(ActorOptions.options().onShard(i))
                        .actor("target" + i, Note.class, note -> last.set(note.number())));
            }
            int number = 0;
            for (int round = 0; round < 200; round++) {
                for (int target : new int[] {0, 0, 0, 1, 0, 0, 1, 1, 1}) {
                    targets.get(target).tell(new Note(++number)).orThrow();
                    Fabric.settle(talaria);
                    assertEquals(number, last.get());
                }
            }
        }
    }

    /** Stale, full, too large: the short way answers nothing by itself. */
    @BothEngines
    void whatDoesNotGoWellIsAnsweredAsEver(Fabric fabric) {
        Talaria talaria = fabric.invoker(
                config -> config.ringCapacityBytes(4 << 10).maxMessageBytes(256).backPressure(BackPressure.FAIL));
        ActorRef<Text> texts = talaria.actor("texts", Text.class, text -> {});
        Fabric.drain(talaria);
        for (int i = 0; i < 4; i++) {
            assertEquals(Outcome.ACCEPTED, texts.tell(new Text("short")));
        }
        assertEquals(Outcome.TOO_LARGE, texts.tell(new Text("x".repeat(300))));
        long taken = 0;
        Outcome outcome = texts.tell(new Text("short"));
        while (outcome == Outcome.ACCEPTED) {
            taken++;
            outcome = texts.tell(new Text("short"));
        }
        assertEquals(Outcome.BACK_PRESSURED, outcome, () -> "of a ring of 4 KiB");
        Fabric.drain(talaria);
        for (long i = 0; i < 10 * taken; i++) {
            assertEquals(Outcome.ACCEPTED, texts.tell(new Text("over the ring's end")));
            Fabric.drain(talaria);
        }
        talaria.stop(texts).orThrow();
        Fabric.drain(talaria);
        assertEquals(Outcome.NO_SUCH_ENDPOINT, texts.tell(new Text("short")));
        talaria.close();
        assertEquals(Outcome.CLOSED, texts.tell(new Text("short")));
    }
}
