package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter;
import org.talaria.DeadLetter.Reason;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.actor.Receive;
import org.talaria.actor.Replier;
import org.talaria.message.Outbound;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteCodec;
import org.talaria.tests.messages.Ping;
import org.talaria.tests.messages.Pong;
import org.talaria.tests.messages.Text;
import org.talaria.tests.messages.TextClaim;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.LostRing;

/** N15: no message is dropped in silence: every {@link Reason} there is can be had, is told once and counted once. A reason without a case fails. */
class EveryReasonTest {
    /** Room left in the memory layout for what is not built yet: messages with a time to live, replies with a policy. */
    private static final Set<Reason> NOT_BUILT = EnumSet.of(Reason.NOT_ACCEPTED);

    /** Loses exactly one message, for one reason, on an engine of its own. */
    private interface Loss {
        /** The engine, and the message that was lost; null where it cannot be decoded. */
        Lost in(Fabric fabric);
    }

    private record Lost(Talaria talaria, Object message) {}

    private static Map<Reason, Loss> losses() {
        Map<Reason, Loss> losses = new EnumMap<>(Reason.class);
        losses.put(Reason.NO_SUCH_ENDPOINT, EveryReasonTest::toTheOldTenantOfARow);
        losses.put(Reason.STOPPED, EveryReasonTest::behindTheStopOfItsEndpoint);
        losses.put(Reason.CLOSED, EveryReasonTest::leftAtTheCloseDeadline);
        losses.put(Reason.HANDLER_FAILED, EveryReasonTest::itsHandlerThrows);
        losses.put(Reason.UNKNOWN_SCHEMA, EveryReasonTest::ofATypeThatItsReceiverCannotRead);
        losses.put(Reason.UNHANDLED, EveryReasonTest::ofATypeThatItsReceiverDoesNotHandle);
        losses.put(Reason.TIMED_OUT, EveryReasonTest::aReplyBehindTheTimeOut);
        losses.put(Reason.OVERFLOW, EveryReasonTest::noMemoryForWhatAHandlerSent);
        losses.put(Reason.EXPIRED, EveryReasonTest::behindItsTimeToLive);
        losses.put(Reason.DISPLACED, EveryReasonTest::aNewerOneTookItsPlace);
        losses.put(Reason.BAD_RECORD, EveryReasonTest::itsSenderCannotWriteIt);
        return losses;
    }

    @BothEngines
    void everyReasonIsToldOnceAndCounted(Fabric fabric) {
        Map<Reason, Loss> losses = losses();
        for (Reason reason : Reason.values()) {
            assertTrue(losses.containsKey(reason) != NOT_BUILT.contains(reason), () -> reason + " has no case here");
            if (losses.containsKey(reason)) {
                int before = fabric.letters().size();
                Lost lost = losses.get(reason).in(fabric);
                List<DeadLetter> told =
                        fabric.letters().subList(before, fabric.letters().size());
                assertEquals(
                        List.of(reason), told.stream().map(DeadLetter::reason).toList());
                assertEquals(lost.message, told.get(0).message(), reason::name);
                assertEquals(1, Fabric.balanced(lost.talaria).dead(), reason::name);
            }
        }
    }

    private static Lost toTheOldTenantOfARow(Fabric fabric) {
        Talaria talaria =
                fabric.invoker(config -> config.maxEndpoints(16).shards(1).batchRecords(1));
        ActorRef<Note> quitter = talaria.actor("quitter", Note.class, (note, context) -> context.stop());
        Fabric.drain(talaria);
        quitter.tell(new Note(1)).orThrow();
        quitter.tell(new Note(2)).orThrow();
        talaria.invoke();
        for (int i = 0; i < 16; i++) {
            talaria.actor("next-" + i, Note.class, note -> {});
        }
        Fabric.drain(talaria);
        return new Lost(talaria, new Note(2));
    }

    private static Lost behindTheStopOfItsEndpoint(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> quitter = talaria.actor("quitter", Note.class, (note, context) -> context.stop());
        Fabric.drain(talaria);
        quitter.tell(new Note(1)).orThrow();
        quitter.tell(new Note(2)).orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Note(2));
    }

    private static Lost leftAtTheCloseDeadline(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.closeDeadline(Duration.ZERO));
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        Fabric.drain(talaria);
        notes.tell(new Note(1)).orThrow();
        talaria.close();
        return new Lost(talaria, new Note(1));
    }

    private static Lost behindItsTimeToLive(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        notes.expiringAfter(Duration.ofSeconds(1)).tell(new Note(1)).orThrow();
        fabric.clock().advance(Duration.ofSeconds(2));
        Fabric.drain(talaria);
        return new Lost(talaria, new Note(1));
    }

    private static Lost aNewerOneTookItsPlace(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Mailbox one = Mailbox.bounded(1, BackPressure.DROP_OLDEST);
        ActorRef<Note> notes = talaria.with(ActorOptions.options().mailbox(one)).actor("notes", Note.class, note -> {});
        notes.tell(new Note(1)).orThrow();
        notes.tell(new Note(2)).orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Note(1));
    }

    private static Lost itsHandlerThrows(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> bad = talaria.actor("bad", Note.class, note -> {
            throw new IllegalStateException("on purpose");
        });
        bad.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Note(1));
    }

    /** The compiler would refuse it: a reference that is not what it says. */
    @SuppressWarnings("unchecked")
    private static Lost ofATypeThatItsReceiverCannotRead(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        talaria.actor("texts", Text.class, text -> {});
        TextClaim.tell((Ref<Text>) (Ref<?>) notes, "no note").orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Text("no note"));
    }

    private static final class PartlyDeaf extends Actor<Object> {
        @Override
        protected Receive<Object> receive() {
            return on(Note.class, note -> {});
        }
    }

    private static Lost ofATypeThatItsReceiverDoesNotHandle(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Object> deaf = talaria.actor("deaf", PartlyDeaf::new);
        talaria.actor("texts", Text.class, text -> {});
        deaf.tell(new Text("nobody listens")).orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Text("nobody listens"));
    }

    private static Lost aReplyBehindTheTimeOut(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        AtomicReference<Replier<Pong>> replier = new AtomicReference<>();
        ActorRef<Ping> silent =
                talaria.actor("silent", Ping.class, (ping, context) -> replier.set(context.later(ping)));
        ActorRef<Note> asker = talaria.actor(
                "asker",
                Note.class,
                (note, context) -> context.ask(silent, new Ping(1), Duration.ofMillis(1), (pong, failure) -> {}));
        asker.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        fabric.clock().advance(Duration.ofMillis(1));
        Fabric.drain(talaria);
        replier.get().reply(new Pong(1)).orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Pong(1));
    }

    private static Lost noMemoryForWhatAHandlerSent(Fabric fabric) {
        AtomicReference<LostRing> ring = new AtomicReference<>();
        Talaria talaria = fabric.invoker(config -> {
            var told = config.onDeadLetter();
            config.onDeadLetter(letter -> {
                ring.get().giveBack();
                told.accept(letter);
            });
        });
        ActorRef<Note> sink = talaria.with(ActorOptions.options().onShard(1)).actor("sink", Note.class, note -> {});
        ActorRef<Note> source = talaria.with(ActorOptions.options().onShard(0)).actor("source", Note.class, note -> {
            ring.get().take();
            sink.tell(new Note(2)).orThrow();
        });
        Fabric.drain(talaria);
        ring.set(new LostRing(talaria, 1));
        source.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        return new Lost(talaria, new Note(2));
    }

    /** What generated code does where a message fails to be written into its claim. */
    private static Lost itsSenderCannotWriteIt(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> notes = talaria.actor("notes", Note.class, note -> {});
        Outbound outbound = Outbound.to(notes);
        assertNotEquals(0, outbound.claim(notes, NoteCodec.INSTANCE, NoteCodec.INSTANCE.encodedLength(new Note(1))));
        outbound.abandon();
        Fabric.drain(talaria);
        return new Lost(talaria, null);
    }
}
