package org.talaria.examples.flights.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.talaria.examples.flights.actor.AirportState;

/** The result file: one row an airport, sorted by code. */
public final class AirportCsv {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setHeader(
                    "airport",
                    "departures",
                    "arrivals",
                    "delay_minutes_sum",
                    "delay_minutes_min",
                    "delay_minutes_max",
                    "departure_order_hash")
            .get();

    private AirportCsv() {}

    /** Writes the file, in UTF-8 with LF. */
    public static void write(Path file, List<AirportState> airports) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            write(writer, airports);
        }
    }

    static void write(Appendable to, List<AirportState> airports) throws IOException {
        CSVPrinter printer = new CSVPrinter(to, FORMAT);
        for (AirportState airport : airports.stream()
                .sorted(Comparator.comparing(AirportState::code))
                .toList()) {
            boolean departed = airport.departures() > 0;
            printer.printRecord(
                    airport.code(),
                    airport.departures(),
                    airport.arrivals(),
                    departed ? airport.delayMinutesSum() : null,
                    departed ? airport.delayMinutesMin() : null,
                    departed ? airport.delayMinutesMax() : null,
                    Integer.toUnsignedString(airport.orderHash()));
        }
        printer.flush();
    }
}
