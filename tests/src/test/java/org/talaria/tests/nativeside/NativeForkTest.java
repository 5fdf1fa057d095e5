package org.talaria.tests.nativeside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.talaria.ActorRef;
import org.talaria.Join;
import org.talaria.Talaria;
import org.talaria.tests.messages.Check;
import org.talaria.tests.messages.CheckerCommand;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;
import org.talaria.tests.support.Seeds;

/** Forks to C++ handlers: native code counts what they are done with, and tells the completer of the last. */
class NativeForkTest {
    private static List<ActorRef<CheckerCommand>> checkers(Talaria talaria, int count) {
        List<ActorRef<CheckerCommand>> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(talaria.nativeActor("cpp-" + i, CheckerCommand.class, HandlerLibrary.handler("strict")));
        }
        return targets;
    }

    /** C++ and Java endpoints in one fork, two forks of different joins in one batch, some fail. */
    @NativeOnly
    void handledAndDead(Fabric fabric) {
        Random random = new Random(Seeds.of("NativeForkTest"));
        Talaria talaria = fabric.invoker(config -> config.shards(1));
        List<ActorRef<CheckerCommand>> targets = checkers(talaria, 3);
        targets.add(talaria.actor("java", CheckerCommand.class, message -> {}));
        Fabric.drain(talaria);
        for (int round = 0; round < 100; round++) {
            List<Join> joins = new ArrayList<>();
            List<List<Integer>> expected = new ArrayList<>();
            for (int f = random.nextInt(4); f >= 0; f--) {
                boolean fails = random.nextInt(3) == 0;
                List<ActorRef<CheckerCommand>> to = new ArrayList<>();
                int dead = 0;
                for (int i = 1 + random.nextInt(20); i > 0; i--) {
                    int index = random.nextInt(targets.size());
                    to.add(targets.get(index));
                    dead += fails && index < 3 ? 1 : 0;
                }
                joins.add(talaria.fork(to, new Check(0, 0, round, (fails ? "-" : "+") + round)));
                expected.add(List.of(0, dead, 0));
            }
            Fabric.drain(talaria);
            for (int f = 0; f < joins.size(); f++) {
                Join join = joins.get(f);
                assertEquals(
                        expected.get(f),
                        List.of(join.outstanding(), join.dead(), join.refused()),
                        "outstanding, dead, refused");
            }
        }
    }

    /** Who waits, parked or by a stage, hears of the end from native code. */
    @NativeOnly
    void whoWaitsIsTold(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2).joins(16));
        List<ActorRef<CheckerCommand>> targets = checkers(talaria, 8);
        List<ActorRef<CheckerCommand>> to = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            to.add(targets.get(i % targets.size()).within(Fabric.LONG));
        }
        for (int round = 0; round < 50; round++) {
            Join staged = talaria.fork(targets, new Check(0, 0, round, "+"));
            Join join = talaria.fork(to, new Check(0, 0, round, "+"));
            assertEquals(staged, Await.value(staged.whenDone().toCompletableFuture()));
            assertTrue(join.await(Fabric.LONG));
            assertEquals(0, join.outstanding() + join.dead() + join.refused());
        }
    }

    /** Of forks that nobody waits for native code tells nobody: their slots are found when slots are wanted. */
    @NativeOnly
    void nobodyWaits(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.joins(16));
        List<ActorRef<CheckerCommand>> targets = checkers(talaria, 3);
        Fabric.drain(talaria);
        List<Join> joins = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            joins.add(talaria.fork(targets, new Check(0, 0, i, "+")));
            Fabric.drain(talaria);
        }
        joins.forEach(join -> assertEquals(0, join.outstanding()));
    }
}
