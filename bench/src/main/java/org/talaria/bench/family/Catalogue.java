package org.talaria.bench.family;

import java.util.List;
import java.util.stream.Stream;
import org.talaria.bench.harness.Benchmark;

/** All rows, in the order of the tables of bars. A family is a class with {@code all()}, and a line here. */
public final class Catalogue {
    private Catalogue() {}

    /** The path of one message: {@code bench path}. */
    public static List<Benchmark> path() {
        return Stream.of(
                        TellFamily.all(),
                        NativeFamily.all(),
                        RelayFamily.all(),
                        CallFamily.all(),
                        JournalFamily.all(),
                        FootprintFamily.all(),
                        DemoFamily.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The dispatcher: {@code bench dispatch}. */
    public static List<Benchmark> dispatch() {
        return Stream.of(
                        UnusedFeaturesFamily.all(),
                        WorkersFamily.all(),
                        WakeUpFamily.all(),
                        ForkJoinFamily.all(),
                        LanesFamily.all(),
                        TimersFamily.all(),
                        MonitoringFamily.all())
                .flatMap(List::stream)
                .toList();
    }

    /** All of all tables. */
    public static List<Benchmark> all() {
        return Stream.of(path(), dispatch()).flatMap(List::stream).toList();
    }

    /** One of them. @throws IllegalArgumentException if there is none of that name */
    public static Benchmark of(String name) {
        return of(name, all());
    }

    /** One of a table. @throws IllegalArgumentException if there is none of that name */
    public static Benchmark of(String name, List<Benchmark> table) {
        return table.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no benchmark '" + name + "': there are "
                        + table.stream().map(Benchmark::name).toList()));
    }
}
