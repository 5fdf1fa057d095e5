package org.talaria.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.DeadLetter;
import org.talaria.EngineKind;
import org.talaria.EngineStats;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.ManualClock;
import org.talaria.tests.support.NativeBuild;

/** Random sequences of API calls against {@link ApiModel}, on an engine that the test drives. */
class ApiSequencesTest {
    /** What is done. */
    enum Verb {
        CREATE,
        TELL,
        CLAIM,
        TELL_ALL,
        BATCH,
        TELL_SOME,
        STOP,
        DRAIN
    }

    /** One call: {@code who} picks the actor, {@code number} what is sent, {@code count} how many or how large. */
    record Call(Verb verb, int who, int number, int count) {}

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Verb> verbs = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Verb.CREATE)),
                net.jqwik.api.Tuple.of(8, Arbitraries.just(Verb.TELL)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Verb.CLAIM)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Verb.TELL_ALL)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Verb.BATCH)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Verb.TELL_SOME)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Verb.STOP)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Verb.DRAIN)));
        return Combinators.combine(
                        verbs,
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(1, 6))
                .as(Call::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void theJavaEngineDoesWhatTheModelDoes(@ForAll("calls") List<Call> calls) {
        compare(EngineKind.JAVA, calls);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void theNativeEngineDoesWhatTheModelDoes(@ForAll("calls") List<Call> calls) {
        if (!NativeBuild.skipped()) {
            compare(EngineKind.NATIVE, calls);
        }
    }

    private static void compare(EngineKind kind, List<Call> calls) {
        List<DeadLetter> letters = new ArrayList<>();
        TalariaConfig config = TalariaConfig.config()
                .engine(kind)
                .invoker()
                .clock(new ManualClock())
                .shards(2)
                .ringCapacityBytes(64 << 10)
                .maxMessageBytes(4 << 10)
                .maxEndpoints(1_024)
                .waiters(16)
                .shutdownHook(false)
                .blockDeadline(Duration.ZERO)
                .onDeadLetter(letters::add);
        try (Talaria talaria = Talaria.open(config)) {
            assertEquals(kind, talaria.engine());
            Pair pair = new Pair(talaria, letters);
            for (Call call : calls) {
                pair.perform(call);
            }
            pair.finish();
        }
    }

    /** Engine and model, told the same. */
    private static final class Pair {
        private final Talaria talaria;
        private final List<DeadLetter> letters;
        private final ApiModel model = new ApiModel();
        private final List<ActorRef<Note>> refs = new ArrayList<>();
        private final List<List<Integer>> logs = new ArrayList<>();
        private long controls;

        Pair(Talaria talaria, List<DeadLetter> letters) {
            this.talaria = talaria;
            this.letters = letters;
        }

        void perform(Call call) {
            if (call.verb == Verb.CREATE || refs.isEmpty()) {
                create(call);
                return;
            }
            int who = call.who % refs.size();
            ApiModel.Box box = model.boxes.get(who);
            ActorRef<Note> ref = refs.get(who);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < call.count; i++) {
                numbers.add(call.number + i);
            }
            switch (call.verb) {
                case TELL -> assertEquals(model.send(box, List.of(call.number)), ref.tell(new Note(call.number)));
                case CLAIM -> assertEquals(model.send(box, List.of(call.number)), NoteClaim.tell(ref, call.number));
                case TELL_ALL -> assertEquals(model.send(box, numbers), ref.tellAll(notes(numbers)));
                case BATCH -> assertEquals(model.send(box, numbers), batch(ref, numbers));
                case TELL_SOME -> assertEquals(model.some(box, numbers), ref.tellSome(notes(numbers), 0));
                case STOP -> stop(box, ref);
                default -> drain();
            }
            assertEquals(model.accepted + controls, talaria.stats().accepted(), call::toString);
        }

        private void create(Call call) {
            int capacity = call.count == 6 ? 0 : call.count;
            BackPressure policy = BackPressure.values()[call.number % 3];
            List<Integer> log = new ArrayList<>();
            logs.add(log);
            Mailbox mailbox = capacity == 0 ? Mailbox.unbounded() : Mailbox.bounded(capacity, policy);
            refs.add(talaria.with(ActorOptions.options().mailbox(mailbox))
                    .actor("actor-" + refs.size(), Note.class, (note, context) -> {
                        log.add(note.number());
                        if (note.number() == 31) {
                            context.stop();
                        }
                        if (note.number() == 13) {
                            throw new IllegalStateException("on purpose");
                        }
                    }));
            model.boxes.add(new ApiModel.Box(capacity, policy));
        }

        private static List<Note> notes(List<Integer> numbers) {
            return numbers.stream().map(Note::new).toList();
        }

        private static Outcome batch(ActorRef<Note> ref, List<Integer> numbers) {
            try (NoteClaim batch = NoteClaim.batch(ref, numbers.size())) {
                for (int number : numbers) {
                    batch.next().number(number);
                }
                return batch.commit();
            }
        }

        private void stop(ApiModel.Box box, ActorRef<Note> ref) {
            Outcome outcome = talaria.stop(ref);
            // The record that says so counts as the engine's other records do.
            controls += outcome.accepted() ? 1 : 0;
            assertEquals(model.stop(box), outcome);
            drain();
        }

        private void drain() {
            model.drain();
            Fabric.drain(talaria);
            for (int i = 0; i < logs.size(); i++) {
                assertEquals(model.boxes.get(i).handled, logs.get(i), "actor " + i);
            }
            EngineStats stats = Fabric.balanced(talaria);
            // A record that says "stop" to an actor that has stopped itself meanwhile is one of the dead.
            assertEquals(model.handled + model.dead + controls, stats.handled() + stats.dead(), stats::toString);
            assertEquals(
                    model.dead,
                    letters.stream().filter(letter -> letter.message() != null).count());
        }

        void finish() {
            drain();
            long living = model.boxes.stream().filter(box -> !box.gone).count();
            assertEquals(living, talaria.stats().endpoints());
        }
    }
}
