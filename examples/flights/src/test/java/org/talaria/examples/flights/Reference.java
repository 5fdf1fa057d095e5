package org.talaria.examples.flights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.talaria.examples.flights.input.BuiltIn;

/** What the output must be, computed from the file by plain loops that share no code with the demonstration. */
final class Reference {
    private final Map<String, long[]> counts = new TreeMap<>();
    private final Map<String, long[]> delays = new TreeMap<>();

    /** The output for the built-in flights, sent so many times. */
    static String ofBuiltIn(int repeat) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(BuiltIn.open(BuiltIn.FLIGHTS), StandardCharsets.UTF_8))) {
            return of(reader.lines().skip(1).toList(), repeat);
        }
    }

    /** @param lines {@code date,origin,destination,distance,delay}, all well-formed */
    static String of(List<String> lines, int repeat) {
        Reference reference = new Reference();
        for (int i = 0; i < repeat; i++) {
            lines.forEach(line -> reference.add(line.split(",")));
        }
        return reference.csv();
    }

    private void add(String[] fields) {
        long delay = Long.parseLong(fields[4]);
        counts.computeIfAbsent(fields[1], code -> new long[2])[0]++;
        counts.computeIfAbsent(fields[2], code -> new long[2])[1]++;
        long[] sums = delays.computeIfAbsent(fields[1], code -> new long[] {0, delay, delay, 0});
        sums[0] += delay;
        sums[1] = Math.min(sums[1], delay);
        sums[2] = Math.max(sums[2], delay);
        sums[3] = Math.floorMod(sums[3] * 31 + delay, 1L << 32);
    }

    private String csv() {
        StringBuilder csv = new StringBuilder(
                "airport,departures,arrivals,delay_minutes_sum,delay_minutes_min,delay_minutes_max,departure_order_hash\n");
        counts.forEach((code, count) -> {
            long[] sums = delays.get(code);
            csv.append(code)
                    .append(',')
                    .append(count[0])
                    .append(',')
                    .append(count[1])
                    .append(',');
            csv.append(sums == null ? ",,,0" : sums[0] + "," + sums[1] + "," + sums[2] + "," + sums[3])
                    .append('\n');
        });
        return csv.toString();
    }
}
