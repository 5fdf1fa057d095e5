package org.talaria.tests.nativeside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.talaria.ActorRef;
import org.talaria.DeadLetter;
import org.talaria.Talaria;
import org.talaria.tests.messages.Check;
import org.talaria.tests.messages.CheckerCommand;
import org.talaria.tests.messages.HowMany;
import org.talaria.tests.messages.Tally;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;
import org.talaria.tests.support.Seeds;

/** Runs of like messages to C++ handlers: what is looked at once a run holds for each, and each has what is its own. */
class NativeRunsTest {
    private static final int LIMIT = 5_000;
    private static final int LONGEST_RUN = 40;

    private final List<String> failing = new ArrayList<>();
    private final List<Long> javas = new ArrayList<>();
    private final List<Long> toJava = new ArrayList<>();
    private final int[] toCpp = new int[3];
    private long number;

    /** Three C++ endpoints and a Java actor share a shard; runs go to each in turn, any message may fail. */
    @NativeOnly
    void eachOfARunIsItsOwn(Fabric fabric) {
        Random random = new Random(Seeds.of("NativeRunsTest"));
        // Runs longer than a batch, and the ring's end within runs.
        Talaria talaria = fabric.invoker(config -> config.shards(1).batchRecords(16));
        List<ActorRef<CheckerCommand>> targets = targets(talaria);
        while (number < LIMIT) {
            sendRun(random, targets);
            if (random.nextInt(4) == 0) {
                Fabric.drain(talaria);
            }
        }
        Fabric.drain(talaria);
        for (int i = 0; i < toCpp.length; i++) {
            assertEquals(new Tally(toCpp[i], 0, 0, 0), tally(talaria, targets.get(i)));
        }
        assertEquals(toJava, javas);
        assertEquals(
                failing, fabric.letters().stream().map(NativeRunsTest::cause).toList());
        Fabric.balanced(talaria);
    }

    private List<ActorRef<CheckerCommand>> targets(Talaria talaria) {
        List<ActorRef<CheckerCommand>> targets = new ArrayList<>();
        for (int i = 0; i < toCpp.length; i++) {
            targets.add(talaria.nativeActor("cpp-" + i, CheckerCommand.class, HandlerLibrary.handler("strict")));
        }
        targets.add(talaria.actor("java", CheckerCommand.class, message -> javas.add(((Check) message).number())));
        Fabric.drain(talaria);
        return targets;
    }

    private void sendRun(Random random, List<ActorRef<CheckerCommand>> targets) {
        int index = random.nextInt(targets.size());
        for (int left = random.nextInt(LONGEST_RUN); left > 0; left--) {
            number++;
            boolean cpp = index < toCpp.length;
            boolean fails = cpp && random.nextInt(20) == 0;
            String text = (fails ? "-" : "+") + number;
            targets.get(index).tell(new Check(index, 0, number, text)).orThrow();
            if (fails) {
                failing.add(text);
            }
            if (cpp) {
                toCpp[index]++;
            } else {
                toJava.add(number);
            }
        }
    }

    private static String cause(DeadLetter letter) {
        Throwable cause = letter.cause();
        return cause == null ? "none" : String.valueOf(cause.getMessage());
    }

    private static Tally tally(Talaria talaria, ActorRef<CheckerCommand> target) {
        var answer = target.ask(new HowMany(), Fabric.LONG).toCompletableFuture();
        Fabric.drain(talaria);
        return Await.value(answer);
    }
}
