package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.Actors;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.AccountCommand;
import org.talaria.tests.messages.Balance;
import org.talaria.tests.messages.Deposit;
import org.talaria.tests.messages.GetBalance;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.Text;
import org.talaria.tests.messages.Withdraw;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Names, finding, protocols. */
class NamesTest {
    static final class Account extends Actor<AccountCommand> {
        private long cents;

        @Override
        protected Receive<AccountCommand> receive() {
            return on(Deposit.class, deposit -> cents += deposit.cents())
                    .on(Withdraw.class, (withdraw, context) -> cents -= withdraw.cents())
                    .answer(GetBalance.class, get -> new Balance(cents));
        }
    }

    static final class Forgetful extends Actor<AccountCommand> {
        @Override
        protected Receive<AccountCommand> receive() {
            return on(Deposit.class, deposit -> {});
        }
    }

    static final class Tolerant extends Actor<AccountCommand> {
        final List<Object> rest = new ArrayList<>();

        @Override
        protected Receive<AccountCommand> receive() {
            return on(Deposit.class, deposit -> {}).otherwise((message, context) -> rest.add(message));
        }
    }

    /** What is sent to a name comes behind started(): so it is found only when its start is accepted, and that may wait for room. */
    @BothEngines
    void anActorIsFoundWhenItsStartIsAccepted(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.shards(1));
        ActorRef<Text> filler = talaria.actor("filler", Text.class, text -> {});
        Fabric.drain(talaria);
        Text large = new Text("x".repeat(4_000));
        while (filler.within(Duration.ZERO).tell(large).accepted()) {
            // Until there is no room for it
        }
        while (filler.within(Duration.ZERO).tell(new Text("")).accepted()) {
            // Nor for anything
        }
        List<String> events = new ArrayList<>();
        FutureTask<ActorRef<Note>> made = new FutureTask<>(() -> talaria.actor("late", () -> new Late(events)));
        new Thread(made, "maker").start();
        while (talaria.stats().endpoints() < 2) {
            Thread.onSpinWait();
        }
        assertEquals(Optional.empty(), talaria.find("late", Note.class));
        Fabric.drain(talaria);
        while (talaria.find("late", Note.class).isEmpty()) {
            Thread.onSpinWait();
        }
        talaria.find("late", Note.class).orElseThrow().tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of("started", "1"), events);
        assertEquals("late", Await.value(made).name());
    }

    /** Says what comes. */
    private static final class Late extends Actor<Note> {
        private final List<String> events;

        Late(List<String> events) {
            this.events = events;
        }

        @Override
        protected void started() {
            events.add("started");
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> events.add("" + note.number()));
        }
    }

    /** They touch their parent's own state. */
    @BothEngines
    void childrenAreMadeInTheirParentsTurn(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        List<Actors> kept = new ArrayList<>();
        ActorRef<Note> parent = talaria.actor("parent", Note.class, (note, context) -> {
            kept.add(context.children());
            context.children().actor("child", Note.class, inner -> {});
        });
        parent.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> kept.get(0).actor("another", Note.class, note -> {}));
        assertTrue(refused.getMessage().contains("parent"), refused.getMessage());
        assertTrue(talaria.find("child", Note.class).isPresent());
    }

    @BothEngines
    void anActorWithSeveralMessageTypesKeepsItsState(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            ActorRef<AccountCommand> account = talaria.actor("account-7", Account::new);
            account.tell(new Deposit(100)).orThrow();
            account.tell(new Withdraw(30)).orThrow();
            assertEquals(new Balance(70), account.call(new GetBalance(), Fabric.LONG));
            ActorRef<GetBalance> narrow = ActorRef.narrow(account);
            assertEquals(new Balance(70), narrow.call(new GetBalance(), Fabric.LONG));
        }
    }

    @BothEngines
    void aSealedProtocolThatIsNotCoveredIsRefusedNamingTheMissing(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        RuntimeException refused = assertThrows(RuntimeException.class, () -> talaria.actor("f", Forgetful::new));
        assertTrue(refused.getMessage().contains("Withdraw"), refused.getMessage());
        assertTrue(refused.getMessage().contains("GetBalance"), refused.getMessage());
        assertFalse(refused.getMessage().contains("Deposit,"), refused.getMessage());
        assertEquals(0, talaria.stats().endpoints());
        assertEquals(Optional.empty(), talaria.find("f", AccountCommand.class));
        talaria.actor("f", Account::new);
        assertEquals(1, talaria.stats().endpoints(), "the name is free still");
    }

    @BothEngines
    void otherwiseCoversTheRest(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        Tolerant tolerant = new Tolerant();
        ActorRef<AccountCommand> ref = talaria.actor("t", () -> tolerant);
        ref.tell(new Withdraw(1)).orThrow();
        ref.tell(new Deposit(1)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(new Withdraw(1)), tolerant.rest);
    }

    @BothEngines
    void aNameIsUniqueAmongTheLiving(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> first = talaria.actor("one", Note.class, note -> {});
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> talaria.actor("one", Note.class, note -> {}));
        assertTrue(refused.getMessage().contains("one"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> talaria.actor("one", Account::new));
        assertEquals(1, talaria.stats().endpoints());
        talaria.stop(first).orThrow();
        Fabric.drain(talaria);
        ActorRef<Note> second = talaria.actor("one", Note.class, note -> {});
        assertEquals("one", second.name());
        assertNotEquals(first, second);
    }

    @BothEngines
    void oneOfManyThreadsGetsTheName(Fabric fabric) {
        try (Talaria talaria = fabric.open()) {
            for (int round = 0; round < 50; round++) {
                String name = "name-" + round;
                List<FutureTask<Boolean>> tries = IntStream.range(0, 4)
                        .mapToObj(i -> new FutureTask<>(() -> {
                            try {
                                talaria.actor(name, Note.class, note -> {});
                                return true;
                            } catch (IllegalArgumentException duplicate) {
                                return false;
                            }
                        }))
                        .toList();
                tries.forEach(task -> new Thread(task).start());
                assertEquals(1, tries.stream().filter(Await::value).count(), name);
            }
            assertEquals(50, talaria.stats().endpoints());
        }
    }

    @BothEngines
    void anonymousActorsHaveNamesOfTheEngines(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> first = talaria.actor("", Note.class, note -> {});
        ActorRef<Note> second = talaria.actor("", Note.class, note -> {});
        assertFalse(first.name().isEmpty());
        assertNotEquals(first.name(), second.name());
        first.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
    }

    @BothEngines
    void findNeedsNameAndType(Fabric fabric) {
        List<Integer> got = new ArrayList<>();
        Talaria talaria = fabric.invoker();
        talaria.actor("notes", Note.class, note -> got.add(note.number()));
        talaria.actor("account", Account::new);
        ActorRef<Note> found = talaria.find("notes", Note.class).orElseThrow();
        found.tell(new Note(4)).orThrow();
        Fabric.drain(talaria);
        assertEquals(List.of(4), got);
        assertEquals(Optional.empty(), talaria.find("notes", Text.class));
        assertEquals(Optional.empty(), talaria.find("nobody", Note.class));
        assertTrue(talaria.find("account", AccountCommand.class).isPresent());
        assertTrue(talaria.find("account", Deposit.class).isPresent(), "what accepts all accepts one of them");
        assertEquals(Optional.empty(), talaria.find("account", Note.class));
        talaria.stop(found).orThrow();
        Fabric.drain(talaria);
        assertEquals(Optional.empty(), talaria.find("notes", Note.class), "the living only");
    }
}
