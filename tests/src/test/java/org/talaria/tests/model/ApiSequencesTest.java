package org.talaria.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.talaria.DeadLetter;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaClock;
import org.talaria.TalariaConfig;
import org.talaria.tests.support.NativeBuild;

/** Random sequences of API calls against {@link ApiModel}, on an engine that the test drives. */
class ApiSequencesTest {
    /** What is done. */
    enum Verb {
        CREATE,
        ANONYMOUS,
        DUPLICATE,
        TELL,
        CLAIM,
        TELL_ALL,
        BATCH,
        TELL_SOME,
        ASK,
        CALL,
        CALL_INTO,
        FIND,
        STOP,
        DRAIN
    }

    /** One call: {@code who} picks the actor, {@code number} what is sent, {@code count} how many or how large. */
    record Call(Verb verb, int who, int number, int count) {}

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Verb> verbs = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Verb.CREATE)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Verb.ANONYMOUS)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Verb.DUPLICATE)),
                net.jqwik.api.Tuple.of(8, Arbitraries.just(Verb.TELL)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Verb.CLAIM)),
                net.jqwik.api.Tuple.of(4, Arbitraries.just(Verb.TELL_ALL)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Verb.BATCH)),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Verb.TELL_SOME)),
                net.jqwik.api.Tuple.of(5, Arbitraries.just(Verb.ASK)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Verb.CALL)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Verb.CALL_INTO)),
                net.jqwik.api.Tuple.of(2, Arbitraries.just(Verb.FIND)),
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

    /** Moves by each look: whoever waits for a reply that never comes gives up, long after what is answered was answered. */
    private static TalariaClock eachLookTakesTime() {
        AtomicLong now = new AtomicLong();
        return () -> now.addAndGet(100_000);
    }

    private static void compare(EngineKind kind, List<Call> calls) {
        List<DeadLetter> letters = new ArrayList<>();
        TalariaConfig config = TalariaConfig.config()
                .engine(kind)
                .invoker()
                .clock(eachLookTakesTime())
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
            ApiPair pair = new ApiPair(talaria, letters);
            for (Call call : calls) {
                pair.perform(call);
            }
            pair.finish();
        }
    }
}
