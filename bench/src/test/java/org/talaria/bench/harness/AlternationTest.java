package org.talaria.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talaria.bench.harness.Sample.Side;

class AlternationTest {
    private static final Plan PLAN = new Plan("test", 2, 0, 3, 8, 10);

    private final List<String> order = new ArrayList<>();
    private final Deque<Double> pings = new ArrayDeque<>();

    private Benchmark benchmark() {
        return Benchmark.of("b", "f", payload -> operations -> ran("ours", operations))
                .against("peer", payload -> operations -> ran("peer", operations));
    }

    private Timing ran(String side, long operations) {
        order.add(side);
        // 1 µs an operation
        return new Timing(operations, operations * 1_000, Map.of("k", 7.0));
    }

    private double ping() {
        return pings.isEmpty() ? 100 : pings.removeFirst();
    }

    private List<Sample> run(Benchmark benchmark) throws Exception {
        return new Alternation(PLAN, this::ping, (b, p, seen) -> {}).run(benchmark, 16);
    }

    @Test
    void theSidesTakeTurns() throws Exception {
        List<Sample> samples = run(benchmark());
        assertEquals(2 * (PLAN.warmups() + PLAN.enough()), order.size());
        for (int i = 0; i < order.size(); i++) {
            assertEquals(i % 2 == 0 ? "ours" : "peer", order.get(i));
        }
        assertEquals(6, samples.size());
        assertEquals(0, samples.get(1).alternation());
        assertEquals(1, samples.get(2).alternation());
    }

    @Test
    void aRunIsSizedByTime() throws Exception {
        // 20,000 operations take 20 ms, a run shall take 10
        assertEquals(10_000, run(benchmark()).get(0).operations());
    }

    @Test
    void aFixedRunKeepsItsOperationsAndIsWarmedOnce() throws Exception {
        assertEquals(5, run(benchmark().always(5, 1)).get(0).operations());
        assertEquals(2 * (1 + PLAN.enough()), order.size());
    }

    @Test
    void aRowMayAskForMoreAlternationsThanThePlan() throws Exception {
        assertEquals(2 * 5, run(benchmark().alternations(5)).size());
        assertEquals(2 * 3, run(benchmark().alternations(2)).size());
        // one alternation far, the others near
        pings.addAll(List.of(400.0, 400.0, 400.0));
        assertEquals(2 * PLAN.most() * 6 / 3, run(benchmark().alternations(6)).size());
    }

    @Test
    void whetherItRunsIsTriedOnce() throws Exception {
        List<Sample> samples = new Alternation(Plan.SMOKE, this::ping, (b, p, seen) -> {})
                .run(benchmark().alternations(15), 16);
        assertEquals(2, samples.size());
    }

    @Test
    void eachSampleHasThePingsAroundIt() throws Exception {
        pings.addAll(List.of(101.0, 102.0, 103.0, 201.0, 202.0, 203.0));
        List<Sample> samples = run(benchmark());
        assertEquals(101, samples.get(0).pingBeforeNs());
        assertEquals(102, samples.get(0).pingAfterNs());
        assertEquals(102, samples.get(1).pingBeforeNs());
        assertEquals(103, samples.get(1).pingAfterNs());
        assertEquals(201, samples.get(2).pingBeforeNs());
    }

    @Test
    void itGoesOnWhileARegimeThatShowedHasTooFew() throws Exception {
        // one alternation far, the others near
        pings.addAll(List.of(400.0, 400.0, 400.0));
        assertEquals(2 * PLAN.most(), run(benchmark()).size());
    }

    @Test
    void mixedAlternationsDoNotCount() throws Exception {
        pings.addAll(List.of(100.0, 400.0, 100.0));
        assertEquals(2 * (PLAN.enough() + 1), run(benchmark()).size());
    }

    @Test
    void withoutRegimesEveryAlternationCounts() throws Exception {
        pings.addAll(List.of(100.0, 400.0, 100.0));
        assertEquals(2 * PLAN.enough(), run(benchmark().anywhere()).size());
    }

    @Test
    void otherFiguresAreKeptUnderTheirOwnName() throws Exception {
        List<Sample> samples = run(benchmark().also(new Benchmark.Extra("k", "b-k", "u", Bar.reported())));
        Sample extra = samples.get(1);
        assertEquals("b-k", extra.benchmark());
        assertEquals(7, extra.value());
        assertEquals(Side.OURS, extra.side());
        assertTrue(samples.stream().anyMatch(sample -> sample.side() == Side.PEER));
    }
}
