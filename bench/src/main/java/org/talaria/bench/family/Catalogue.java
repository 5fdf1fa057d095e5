package org.talaria.bench.family;

import java.util.List;
import java.util.stream.Stream;
import org.talaria.bench.harness.Benchmark;

/** All rows, in the order of the table of bars. */
public final class Catalogue {
    private Catalogue() {}

    /** All of them. */
    public static List<Benchmark> all() {
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

    /** One of them. @throws IllegalArgumentException if there is none of that name */
    public static Benchmark of(String name) {
        return all().stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no benchmark '" + name + "': there are "
                        + all().stream().map(Benchmark::name).toList()));
    }
}
