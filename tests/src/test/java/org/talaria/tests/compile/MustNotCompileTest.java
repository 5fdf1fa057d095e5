package org.talaria.tests.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses that the compiler has to refuse (api rule 10). Each differs little from one that it takes. */
class MustNotCompileTest {
    private static final String FRAME = """
            package user;

            import static org.talaria.TalariaConfig.config;

            import java.time.Duration;
            import java.util.List;
            import org.talaria.*;
            import org.talaria.actor.*;
            import org.talaria.message.*;
            import org.talaria.tests.messages.*;

            class Use {
                static final Duration SOON = Duration.ofMillis(50);

                void use(Talaria talaria, ActorRef<Add> adder, ActorRef<Ping> pinger, Ref<Note> notes,
                        ActorRef<AccountCommand> account, Context context) throws Exception {
                    %s
                }
            }
            """;

    @TempDir
    Path output;

    private List<String> use(String statement) {
        return Javac.compile(output, "user.Use", FRAME.formatted(statement));
    }

    private void refused(String statement) {
        List<String> said = use(statement);
        assertTrue(said.stream().anyMatch(Javac::isError), () -> "javac takes: " + statement);
        boolean misspelt =
                said.stream().anyMatch(line -> line.contains("cannot find symbol") && !line.contains("method call"));
        assertFalse(misspelt, () -> "refused for another reason: " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Sum s = adder.call(new Add(1, 2), SOON);         | Pong p = adder.call(new Add(1, 2), SOON);",
                "Sum s = adder.call(new Add(1, 2), SOON);         | Pong p = adder.call(new Ping(1), SOON);",
                "Outcome o = adder.tell(new Add(1, 2));           | Outcome o = adder.tell(new Ping(1));",
                "Outcome o = adder.tell(new Add(1, 2));           | Outcome o = adder.tell(\"text\");",
                "Outcome o = adder.tellAll(List.of(new Add(1, 2)));| Outcome o = adder.tellAll(List.of(new Ping(1)));",
                "Outcome o = notes.tell(new Note(1));             | Outcome o = notes.call(new Note(1), SOON);",
                "Outcome o = pinger.tell(new Ping(1));            | Pong p = pinger.call(new Pong(1), SOON);",
                "Outcome o = context.reply(new Add(1, 2), new Sum(3)); | Outcome o = context.reply(new Add(1, 2), new Pong(3));",
                "Outcome o = context.reply(new Add(1, 2), new Sum(3)); | Outcome o = context.reply(new Note(1), new Sum(3));",
                "talaria.answering(\"a\", Add.class, add -> new Sum(add.a())); | talaria.answering(\"a\", Add.class, add -> new Pong(1));",
                "talaria.answering(\"a\", Add.class, add -> new Sum(add.a())); | talaria.answering(\"a\", Note.class, note -> new Pong(1));",
                "talaria.actor(\"a\", Note.class, note -> {});    | talaria.actor(\"a\", Note.class, note -> 5);",
                "Outcome o = AddClaim.tell(adder, 1, 2);          | Outcome o = AddClaim.tell(pinger, 1, 2);",
                "Outcome o = AddClaim.tell(adder, 1, 2);          | Outcome o = AddClaim.tell(adder, 1);",
                "Outcome o = AddClaim.tell(adder, 1, 2);          | AddClaim claim = new AddClaim();",
                "AddClaim c = AddClaim.of(adder);                 | AddClaim c = AddClaim.of(notes);",
                "AddClaim c = AddClaim.of(adder).a(1).b(2);       | AddClaim c = AddClaim.of(adder).a(\"1\");",
                "Outcome o = adder.callInto(new Add(1, 2), SumView.own()); | Outcome o = adder.callInto(new Add(1, 2), PongView.own());",
                "ActorRef<Deposit> d = ActorRef.narrow(account);  | ActorRef<Deposit> d = account;",
                "ActorRef<Deposit> d = ActorRef.narrow(account);  | ActorRef<Note> d = ActorRef.narrow(account);",
                "Ref<Note> n = Ref.narrow(notes);                 | Ref<Add> n = Ref.narrow(notes);",
                "config().blockDeadline(SOON);                    | config().blockDeadline(5);",
                "Ref<Note> n = notes.within(SOON);                | Ref<Note> n = notes.within(50L);",
                "ActorRef<Note> f = talaria.find(\"n\", Note.class).orElseThrow(); | ActorRef<Note> f = talaria.find(\"n\", Add.class).orElseThrow();",
            })
    void theOneAndNotTheOther(String good, String bad) {
        assertEquals(List.of(), use(good), good);
        refused(bad);
    }

    /** An actor's Receive takes no type outside its protocol. */
    @Test
    void aReceiveIsOfItsProtocol() {
        String actor = """
                package user;

                import org.talaria.actor.*;
                import org.talaria.tests.messages.*;

                class Account extends Actor<AccountCommand> {
                    @Override protected Receive<AccountCommand> receive() {
                        return %s;
                    }
                }
                """;
        String good = "on(Deposit.class, d -> {}).answer(GetBalance.class, get -> new Balance(1))";
        assertEquals(List.of(), Javac.compile(output, "user.Account", actor.formatted(good)));
        for (String bad : List.of(
                "on(Note.class, note -> {})",
                "on(Deposit.class, d -> {}).answer(GetBalance.class, get -> new Sum(1))",
                "on(Deposit.class, d -> {}).answer(Deposit.class, get -> new Balance(1))")) {
            assertTrue(
                    Javac.compile(output, "user.Account", actor.formatted(bad)).stream()
                            .anyMatch(Javac::isError),
                    bad);
        }
    }

    /** What the annotation processor refuses, and that it names what is wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record M(Object o) {}                                    | o",
                "record M(java.util.List<String> list) {}                 | list",
                "record M(int i, M next) {}                               | recurs",
                "class M { int i; }                                       | record",
                "record M(int i) implements Request<Other, Answer> {}     | Other",
            })
    void theProcessorRefuses(String declaration, String named) {
        String text = """
                package user;

                import org.talaria.message.Message;
                import org.talaria.message.Request;

                final class All {
                    private All() {}
                    @Message record Answer(int i) {}
                    @Message record Other(int i) implements Request<Other, Answer> {}
                    @Message %s
                }
                """;
        assertEquals(List.of(), Javac.compile(output, "user.All", text.formatted("record M(int i) {}")));
        List<String> said = Javac.compile(output, "user.All", text.formatted(declaration));
        assertTrue(said.stream().anyMatch(Javac::isError), () -> "it takes " + declaration);
        assertTrue(said.stream().anyMatch(line -> line.contains(named)), () -> said + " does not name " + named);
    }
}
