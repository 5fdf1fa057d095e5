package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.EngineKind;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.internal.engine.Staging;
import org.talaria.tests.messages.Add;
import org.talaria.tests.messages.AddClaim;
import org.talaria.tests.messages.AddView;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.messages.NoteView;
import org.talaria.tests.messages.Sum;
import org.talaria.tests.messages.Text;
import org.talaria.tests.messages.TextClaim;
import org.talaria.tests.messages.TextCodec;
import org.talaria.tests.messages.TextView;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Without garbage: views on one side, claims on the other. */
class ViewAndClaimTest {
    private final List<Integer> got = new ArrayList<>();

    private ActorRef<org.talaria.tests.messages.Note> notes(Talaria talaria) {
        ActorRef<org.talaria.tests.messages.Note> ref =
                talaria.actor("notes", NoteView.TYPE, note -> got.add(note.number()));
        Fabric.drain(talaria);
        return ref;
    }

    /** The size of a batch is the user's; what no ring could take is refused while it is gathered, and nothing is lost by that. */
    @Test
    void aClaimOfGigabytesIsRefused() {
        try (Talaria talaria = Talaria.open(
                TalariaConfig.config().engine(EngineKind.JAVA).invoker().shutdownHook(false))) {
            ActorRef<Text> ref = talaria.actor("texts", Text.class, text -> {});
            Staging staging = new Staging(TextCodec.INSTANCE);
            staging.begin(ref, 2);
            staging.next();
            assertThrows(TalariaException.class, () -> staging.tail(Integer.MAX_VALUE - 100));
            assertThrows(TalariaException.class, () -> staging.tail(1 << 30));
            assertEquals(Outcome.ACCEPTED, staging.commit());
        }
    }

    @BothEngines
    void aViewReadsWhatAClaimWrote(Fabric fabric) {
        double[] total = new double[1];
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.actor("adder", AddView.TYPE, add -> total[0] += add.a() * add.b());
            AddClaim.tell(adder, 2, 3).orThrow();
            try (AddClaim claim = AddClaim.of(adder)) {
                assertEquals(Outcome.ACCEPTED, claim.a(4).b(5).commit());
            }
            try (AddClaim batch = AddClaim.batch(adder, 100)) {
                for (int i = 0; i < 100; i++) {
                    batch.next().a(i).b(1);
                }
                assertEquals(Outcome.ACCEPTED, batch.commit());
            }
            assertEquals(102, Fabric.settle(talaria).handled());
        }
        assertEquals(6 + 20 + 4_950, total[0]);
    }

    @BothEngines
    void tailsGrowWithTheStaging(Fabric fabric) {
        List<String> texts = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Text> ref = talaria.actor(
                "texts", TextView.TYPE, text -> texts.add(text.copy().text()));
        try (TextClaim batch = TextClaim.batch(ref, 3)) {
            batch.next().text("a");
            batch.next().text("b".repeat(3_000));
            batch.next().text("");
            assertEquals(Outcome.ACCEPTED, batch.commit());
        }
        Fabric.drain(talaria);
        assertEquals(List.of("a", "b".repeat(3_000), ""), texts);
    }

    @BothEngines
    void aViewIsNotToBeKept(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicReference<AddView> kept = new AtomicReference<>();
        AtomicReference<Add> copied = new AtomicReference<>();
        ActorRef<Add> ref = talaria.actor("keeper", AddView.TYPE, add -> {
            kept.set(add);
            copied.set(add.copy());
        });
        AddClaim.tell(ref, 1, 2).orThrow();
        Fabric.drain(talaria);
        assertEquals(new Add(1, 2), copied.get());
        assertThrows(IllegalStateException.class, () -> kept.get().a());
        assertThrows(IllegalStateException.class, () -> kept.get().copy());
    }

    /** Also after a handler that threw. */
    @BothEngines
    void aViewIsTakenBackFromAHandlerThatThrows(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicReference<AddView> kept = new AtomicReference<>();
        ActorRef<Add> ref = talaria.actor("keeper", AddView.TYPE, add -> {
            kept.set(add);
            throw new IllegalStateException("on purpose");
        });
        AddClaim.tell(ref, 1, 2).orThrow();
        Fabric.drain(talaria);
        assertThrows(IllegalStateException.class, () -> kept.get().a());
        assertEquals(new Add(1, 2), fabric.letters().get(0).message());
    }

    @BothEngines
    void nothingIsPublishedBeforeCommit(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = notes(talaria);
        try (NoteClaim claim = NoteClaim.of(ref)) {
            claim.number(1);
            Fabric.drain(talaria);
            assertEquals(List.of(), got);
            assertEquals(0, talaria.stats().accepted());
            claim.commit().orThrow();
        }
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
    }

    @BothEngines
    void abortGivesUpAndSaysDropped(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = notes(talaria);
        try (NoteClaim claim = NoteClaim.of(ref)) {
            claim.number(1);
            assertEquals(Outcome.DROPPED, claim.abort());
        }
        Fabric.drain(talaria);
        assertEquals(List.of(), got);
        Fabric.balanced(talaria);
    }

    @BothEngines
    void closeWithoutCommitThrowsAndSendsNothing(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = notes(talaria);
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> {
            try (NoteClaim claim = NoteClaim.of(ref)) {
                claim.number(1);
            }
        });
        assertTrue(thrown.getMessage().contains("commit"), thrown.getMessage());
        assertEquals(Outcome.ACCEPTED, NoteClaim.tell(ref, 2), "the thread may claim again");
        Fabric.drain(talaria);
        assertEquals(List.of(2), got);
    }

    /** R12: a leaked claim blocks nobody: not this thread's other sends, not other threads, not the drainer. */
    @BothEngines
    void aLeakedClaimBlocksNobody(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = notes(talaria);
        FutureTask<Void> leaker = new FutureTask<>(() -> {
            NoteClaim leaked = NoteClaim.of(ref);
            leaked.number(1);
            return null;
        });
        new Thread(leaker).start();
        Await.value(leaker);
        NoteClaim mine = NoteClaim.of(ref);
        mine.number(2);
        ref.tell(new org.talaria.tests.messages.Note(3)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(3), got);
        mine.commit().orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(3, 2), got);
    }

    @BothEngines
    void oneOpenClaimOfATypeAThread(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = notes(talaria);
        NoteClaim open = NoteClaim.of(ref);
        open.number(1);
        assertThrows(IllegalStateException.class, () -> NoteClaim.of(ref));
        assertThrows(IllegalStateException.class, () -> NoteClaim.batch(ref, 4));
        open.commit().orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(1), got);
    }

    @BothEngines
    void aClaimHasToBeOpenToBeWritten(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = notes(talaria);
        NoteClaim claim = NoteClaim.of(ref);
        claim.number(1);
        claim.commit().orThrow();
        assertThrows(IllegalStateException.class, () -> claim.number(2));
        assertThrows(IllegalStateException.class, claim::commit);
        NoteClaim batch = NoteClaim.batch(ref, 1);
        assertThrows(IllegalStateException.class, () -> batch.number(3), "next() first");
        batch.next().number(4);
        assertThrows(IllegalStateException.class, batch::next, "it is full");
        batch.commit().orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(1, 4), got);
    }

    @BothEngines
    void aBatchIsAllOrNothing(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<org.talaria.tests.messages.Note> ref = talaria.with(
                        ActorOptions.options().mailbox(Mailbox.bounded(3, BackPressure.FAIL)))
                .actor("few", NoteView.TYPE, note -> got.add(note.number()));
        Fabric.drain(talaria);
        NoteClaim batch = NoteClaim.batch(ref, 10);
        for (int i = 0; i < 4; i++) {
            batch.next().number(i);
        }
        assertEquals(Outcome.BACK_PRESSURED, batch.commit());
        assertEquals(0, talaria.stats().accepted());
        for (int i = 0; i < 3; i++) {
            NoteClaim.tell(ref, i).orThrow();
        }
        Fabric.drain(talaria);
        assertEquals(List.of(0, 1, 2), got);
    }

    @BothEngines
    void aViewMayBeAnswered(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<Add> adder = talaria.actor(
                    "adder", AddView.TYPE, (add, context) -> context.reply(add, new Sum(add.a() + add.b()))
                            .orThrow());
            assertEquals(new Sum(3), adder.call(new Add(1, 2), Fabric.LONG));
        }
    }
}
