package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Sample.Side;

class JudgeTest {
    private static final double NEAR = 110;
    private static final double FAR = 440;

    private final List<Sample> samples = new ArrayList<>();
    private final Judge judge = new Judge(3);
    private int alternation;

    private static Trial nothing() {
        return operations -> Timing.of(0, 1);
    }

    private static Benchmark pair(Bar bar) {
        return Benchmark.of("b", "f", payload -> nothing())
                .against("peer", payload -> nothing())
                .mustBe(bar);
    }

    private void alternate(double ping, double ours, double peer) {
        samples.add(new Sample("b", 16, alternation, Side.OURS, ours, 1, ping, ping));
        samples.add(new Sample("b", 16, alternation++, Side.PEER, peer, 1, ping, ping));
    }

    private Row only(Benchmark benchmark) {
        judge.judge(benchmark, 16, samples);
        assertEquals(1, judge.rows().size(), judge.rows().toString());
        return judge.rows().get(0);
    }

    @Test
    void theRatioIsTheMedianOfTheAlternationsRatios() {
        alternate(NEAR, 10, 10);
        alternate(NEAR, 30, 10);
        alternate(NEAR, 20, 10);
        Row row = only(pair(Bar.atLeast(2)));
        assertEquals(2, row.ratio());
        assertEquals(20, row.value());
        assertEquals(10, row.peerValue());
        assertEquals(Regime.NEAR, row.regime());
        assertEquals(Boolean.TRUE, row.holds());
        assertEquals(List.of("b at 16 bytes: regime far was not seen"), judge.notes());
    }

    @Test
    void aRowThatAsksForMoreAlternationsIsNotJudgedByFewer() {
        for (int i = 0; i < 4; i++) {
            alternate(NEAR, 20, 10);
        }
        assertNull(only(pair(Bar.atLeast(1)).alternations(5)).holds());
        alternate(NEAR, 20, 10);
        judge.judge(pair(Bar.atLeast(1)).alternations(5), 16, samples);
        assertEquals(Boolean.TRUE, judge.rows().get(1).holds());
    }

    @Test
    void eachRegimeIsJudgedByItself() {
        for (int i = 0; i < 3; i++) {
            alternate(NEAR, 20, 10);
            alternate(FAR, 5, 10);
        }
        judge.judge(pair(Bar.atLeast(1)), 16, samples);
        assertEquals(2, judge.rows().size());
        assertEquals(Boolean.TRUE, judge.rows().get(0).holds());
        assertEquals(Boolean.FALSE, judge.rows().get(1).holds());
        assertTrue(judge.rows().get(1).missed());
        assertTrue(judge.notes().isEmpty());
    }

    @Test
    void aRegimeSeenTooSeldomIsSaidAndNotJudged() {
        for (int i = 0; i < 3; i++) {
            alternate(NEAR, 20, 10);
        }
        alternate(FAR, 1, 10);
        assertEquals(Regime.NEAR, only(pair(Bar.atLeast(1))).regime());
        assertEquals(List.of("b at 16 bytes: regime far was seen in 1 alternations, too few to judge"), judge.notes());
    }

    @Test
    void sidesOfDifferentRegimesAreNotCompared() {
        for (int i = 0; i < 4; i++) {
            samples.add(new Sample("b", 16, i, Side.OURS, 20, 1, NEAR, NEAR));
            samples.add(new Sample("b", 16, i, Side.PEER, 10, 1, FAR, FAR));
        }
        Row row = only(pair(Bar.atLeast(1)));
        assertEquals(Regime.MIXED, row.regime());
        assertNull(row.holds());
        assertFalse(row.missed());
    }

    @Test
    void otherPayloadsAndBenchmarksAreNotMixedIn() {
        for (int i = 0; i < 3; i++) {
            alternate(NEAR, 20, 10);
            samples.add(new Sample("b", 64, i, Side.OURS, 1, 1, NEAR, NEAR));
            samples.add(new Sample("other", 16, i, Side.OURS, 1, 1, NEAR, NEAR));
        }
        assertEquals(20, only(pair(Bar.atLeast(1))).value());
    }

    @Test
    void aFigureThatStandsAloneIsHeldAgainstItsBarItself() {
        for (int i = 0; i < 3; i++) {
            samples.add(new Sample("b", 0, i, Side.OURS, 0.004, 1, NEAR, i == 0 ? NEAR : FAR));
        }
        Benchmark alone =
                Benchmark.figure("b", "f", "core", nothing()).anywhere().mustBe(Bar.below(0.01));
        judge.judge(alone, 0, samples);
        Row row = judge.rows().get(0);
        assertEquals(Regime.ANY, row.regime());
        assertEquals(Boolean.TRUE, row.holds());
        assertTrue(Double.isNaN(row.ratio()));
    }

    @Test
    void otherFiguresOfARunMakeRowsOfTheirOwn() {
        for (int i = 0; i < 3; i++) {
            samples.add(new Sample("b", 0, i, Side.OURS, 250, 1, NEAR, NEAR));
            samples.add(new Sample("b-rate", 0, i, Side.OURS, 400, 1, NEAR, NEAR));
        }
        Benchmark both = Benchmark.figure("b", "f", "B", nothing())
                .anywhere()
                .mustBe(Bar.below(300))
                .also(new Benchmark.Extra("rate", "b-rate", "K/s", Bar.above(500)));
        judge.judge(both, 0, samples);
        assertEquals(Boolean.TRUE, judge.rows().get(0).holds());
        assertEquals("b-rate", judge.rows().get(1).name());
        assertEquals(Boolean.FALSE, judge.rows().get(1).holds());
    }

    @Test
    void onlyOneSideIsNoAlternation() {
        samples.add(new Sample("b", 16, 0, Side.OURS, 20, 1, NEAR, NEAR));
        judge.judge(pair(Bar.atLeast(1)), 16, samples);
        assertTrue(judge.rows().isEmpty());
        assertEquals(2, judge.notes().size());
    }
}
