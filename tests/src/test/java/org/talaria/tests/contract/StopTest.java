package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.message.Address;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Endpoints that stop, references that have gone stale, rows that are used again. */
class StopTest {
    private final List<Integer> got = new ArrayList<>();

    /** What was sent before the stop is handled; what comes later is refused or dies, and is accounted for. */
    @BothEngines
    void whatWasSentBeforeIsHandled(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> got.add(note.number()));
        for (int i = 0; i < 3; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        assertEquals(Outcome.ACCEPTED, talaria.stop(ref));
        Outcome late = ref.tell(new Note(99));
        Fabric.drain(talaria);
        assertEquals(List.of(0, 1, 2), got);
        assertEquals(late.accepted() ? 1 : 0, fabric.letters().size(), () -> late + " " + fabric.letters());
        Fabric.balanced(talaria);
        assertEquals(Outcome.NO_SUCH_ENDPOINT, ref.tell(new Note(100)));
        assertEquals(Outcome.NO_SUCH_ENDPOINT, talaria.stop(ref), "twice");
        assertEquals(0, ref.tellSome(List.of(new Note(1)), 0));
        assertEquals(Outcome.NO_SUCH_ENDPOINT, ref.tellAll(List.of(new Note(1))));
    }

    @BothEngines
    void whatWaitsWhenAnActorStopsItselfDies(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("notes", Note.class, (note, context) -> {
            got.add(note.number());
            context.stop();
        });
        Fabric.drain(talaria);
        for (int i = 0; i < 3; i++) {
            ref.tell(new Note(i)).orThrow();
        }
        Fabric.drain(talaria);
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(List.of(0), got);
        assertEquals(List.of(Reason.STOPPED, Reason.STOPPED), fabric.reasons());
        assertEquals(new Note(1), fabric.letters().get(0).message());
        assertEquals(new Note(2), fabric.letters().get(1).message());
        assertEquals(1, stats.handled());
        assertEquals(2, stats.dead());
        assertEquals(0, stats.endpoints());
        assertEquals(Outcome.NO_SUCH_ENDPOINT, ref.tell(new Note(3)));
    }

    /** A29. A reference that went stale: the send says so, it never reaches the next tenant of the row. */
    @BothEngines
    void aStaleReferenceNeverReachesTheNextTenant(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.maxEndpoints(16));
        List<ActorRef<Note>> stale = new ArrayList<>();
        List<Address> addresses = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            int now = round;
            ActorRef<Note> ref = talaria.actor("tenant", Note.class, note -> {
                assertEquals(now, note.number());
                got.add(note.number());
            });
            for (ActorRef<Note> old : stale) {
                assertEquals(Outcome.NO_SUCH_ENDPOINT, old.tell(new Note(-1)));
            }
            ref.tell(new Note(round)).orThrow();
            addresses.add(Address.of(ref));
            talaria.stop(ref).orThrow();
            Fabric.drain(talaria);
            stale.add(ref);
        }
        assertEquals(200, got.size());
        assertEquals(List.of(), fabric.errors());
        assertEquals(200, addresses.stream().distinct().count(), "an address is never given twice so soon");
        assertTrue(addresses.stream().map(Address::index).distinct().count() <= 16, "rows are used again");
        assertTrue(addresses.stream().noneMatch(address -> address.generation() == 0));
    }

    /** In flight when the row changed hands: dies at dispatch (R15), and the new tenant does not see it. */
    @BothEngines
    void aRecordForTheOldTenantDiesAtDispatch(Fabric fabric) {
        Talaria talaria =
                fabric.invoker(config -> config.maxEndpoints(16).shards(1).batchRecords(1));
        ActorRef<Note> quitter = talaria.actor("quitter", Note.class, (note, context) -> context.stop());
        Fabric.drain(talaria);
        for (int i = 0; i < 5; i++) {
            quitter.tell(new Note(i)).orThrow();
        }
        // The first is handled, and its actor gone; the others still lie in the ring when the row has its next tenant.
        assertEquals(1, talaria.invoke());
        for (int i = 0; i < 16; i++) {
            talaria.actor("next-" + i, Note.class, note -> got.add(note.number()));
        }
        Fabric.drain(talaria);
        EngineStats stats = Fabric.balanced(talaria);
        assertEquals(List.of(), got);
        assertEquals(1, stats.handled());
        assertEquals(4, stats.dead());
        assertTrue(
                fabric.reasons().stream().allMatch(reason -> reason == Reason.NO_SUCH_ENDPOINT),
                fabric.reasons()::toString);
    }

    @BothEngines
    void tooManyEndpointsAreRefusedByName(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.maxEndpoints(16));
        for (int i = 0; i < 16; i++) {
            talaria.actor("a" + i, Note.class, note -> {});
        }
        TalariaException refused =
                assertThrows(TalariaException.class, () -> talaria.actor("one more", Note.class, note -> {}));
        assertTrue(refused.getMessage().contains("maxEndpoints"), refused.getMessage());
        assertEquals(16, talaria.stats().endpoints());
        assertEquals(java.util.Optional.empty(), talaria.find("one more", Note.class));
    }

    @BothEngines
    void anEndpointOfAnotherEngineIsUnknownHere(Fabric fabric) {
        Talaria here = fabric.invoker();
        Talaria there = fabric.invoker();
        ActorRef<Note> foreign = there.actor("notes", Note.class, note -> got.add(note.number()));
        assertEquals(Outcome.NO_SUCH_ENDPOINT, here.stop(foreign));
        Fabric.drain(there);
        assertEquals(Outcome.ACCEPTED, foreign.tell(new Note(1)), "its own engine knows it still");
        Fabric.drain(there);
        assertEquals(List.of(1), got);
    }

    /** A life cycle to be watched. */
    final class Living extends Actor<Note> {
        private final String name;
        private final List<String> events;

        Living(String name, List<String> events) {
            this.name = name;
            this.events = events;
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, (note, context) -> {
                events.add(name + " " + note.number());
                if (note.number() < 0) {
                    context.children().actor(name + "/child", () -> new Living(name + "/child", events));
                }
            });
        }

        @Override
        protected void started() {
            events.add(name + " started as " + self().name());
        }

        @Override
        protected void stopped() {
            events.add(name + " stopped");
        }
    }

    @BothEngines
    void aLifeIsStartedMessagesStopped(Fabric fabric) {
        List<String> events = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("a", () -> new Living("a", events));
        ref.tell(new Note(1)).orThrow();
        talaria.stop(ref).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of("a started as a", "a 1", "a stopped"), events);
        assertEquals(0, talaria.stats().endpoints());
    }

    @BothEngines
    void childrenStopBeforeTheirParent(Fabric fabric) {
        List<String> events = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("a", () -> new Living("a", events));
        ref.tell(new Note(-1)).orThrow();
        Fabric.drain(talaria);
        ActorRef<Note> child = talaria.find("a/child", Note.class).orElseThrow();
        child.tell(new Note(-2)).orThrow();
        Fabric.drain(talaria);
        assertEquals(3, talaria.stats().endpoints());
        events.clear();
        talaria.stop(ref).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of("a/child/child stopped", "a/child stopped", "a stopped"), events);
        assertEquals(0, talaria.stats().endpoints());
        assertEquals(Outcome.NO_SUCH_ENDPOINT, child.tell(new Note(1)));
    }

    @BothEngines
    void aChildMayStopAlone(Fabric fabric) {
        List<String> events = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        ActorRef<Note> ref = talaria.actor("a", () -> new Living("a", events));
        ref.tell(new Note(-1)).orThrow();
        Fabric.drain(talaria);
        ActorRef<Note> child = talaria.find("a/child", Note.class).orElseThrow();
        talaria.stop(child).orThrow();
        Fabric.drain(talaria);
        assertEquals(1, talaria.stats().endpoints());
        assertEquals(Outcome.ACCEPTED, ref.tell(new Note(5)));
        Fabric.drain(talaria);
        assertEquals("a 5", events.get(events.size() - 1));
    }

    @BothEngines
    void anActorMayStopAnother(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> victim = talaria.actor("victim", Note.class, note -> got.add(note.number()));
        ActorRef<Note> killer = talaria.actor("killer", Note.class, (note, context) -> {
            victim.tell(note).orThrow();
            context.stop(victim).orThrow();
        });
        killer.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(1), got, "what the killer sent before is handled");
        assertNotEquals(Outcome.ACCEPTED, victim.tell(new Note(2)));
    }

    /** Stops from one thread while others send: every message accepted is handled or dies with a reason. */
    @BothEngines
    void stoppingWhileMessagesAreInFlightLosesNothing(Fabric fabric) throws InterruptedException {
        try (Talaria talaria = fabric.open(config -> config.workers(2))) {
            java.util.concurrent.atomic.AtomicLong handled = new java.util.concurrent.atomic.AtomicLong();
            java.util.concurrent.atomic.AtomicLong accepted = new java.util.concurrent.atomic.AtomicLong();
            for (int round = 0; round < 100; round++) {
                ActorRef<Note> ref = talaria.actor("notes", Note.class, note -> handled.incrementAndGet());
                Runnable sender = () -> {
                    while (ref.tell(new Note(1)).accepted()) {
                        accepted.incrementAndGet();
                    }
                };
                Thread first = new Thread(sender);
                Thread second = new Thread(sender);
                first.start();
                second.start();
                long before = handled.get();
                org.talaria.tests.support.Await.until("some are handled", () -> handled.get() > before);
                talaria.stop(ref).orThrow();
                first.join();
                second.join();
                Fabric.settle(talaria);
                assertEquals(accepted.get(), handled.get() + fabric.letters().size(), "round " + round);
            }
            assertTrue(fabric.reasons().stream()
                    .allMatch(reason -> reason == Reason.STOPPED || reason == Reason.NO_SUCH_ENDPOINT));
        }
    }
}
