package org.talaria.examples.flights.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

class FlightFilePropertyTest {
    private static final List<String> COLUMNS =
            List.of("date", "origin", "destination", "distance_miles", "delay_minutes");

    @Provide
    Arbitrary<List<Flight>> flights() {
        Arbitrary<String> code = Arbitraries.strings()
                .withChars("ABZ \",'éß✈")
                .ofMinLength(1)
                .ofMaxLength(16)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        Arbitrary<Flight> flight = Combinators.combine(
                        code,
                        code,
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.integers().between(-1_440, 14_400),
                        Arbitraries.longs().between(0, 50_000_000))
                .as(Flight::new);
        return flight.list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<String>> headers() {
        return Arbitraries.shuffle(COLUMNS);
    }

    @Property(tries = 200)
    void whatAnyCsvWriterWritesIsRead(
            @ForAll("flights") List<Flight> flights,
            @ForAll("headers") List<String> header,
            @ForAll boolean crLf,
            @ForAll boolean mark,
            @ForAll boolean quoteAll)
            throws Exception {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator(crLf ? "\r\n" : "\n")
                .setQuoteMode(quoteAll ? QuoteMode.ALL : QuoteMode.MINIMAL)
                .get();
        StringWriter text = new StringWriter().append(mark ? "\uFEFF" : "");
        CSVPrinter printer = new CSVPrinter(text, format);
        printer.printRecord(header);
        for (Flight flight : flights) {
            printer.printRecord(header.stream().map(column -> field(flight, column)));
        }
        Flights read =
                FlightFile.read("test", new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(new Flights(flights, List.of()), read);
    }

    @Property(tries = 300)
    void noBytesBringItDown(@ForAll byte[] bytes) throws Exception {
        byte[] header = (String.join(",", COLUMNS) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] good = "\n2001-01-01T06:20,BNA,MCI,491,-3\n".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[header.length + bytes.length + good.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        System.arraycopy(good, 0, all, header.length + bytes.length, good.length);
        Flights read = FlightFile.read("test", new ByteArrayInputStream(all));
        assertEquals(
                new Flight("BNA", "MCI", 491, -3, 16_305_500),
                read.flights().get(read.flights().size() - 1));
    }

    private static String field(Flight flight, String column) {
        return switch (column) {
            case "date" ->
                LocalDateTime.ofEpochSecond(flight.minute() * 60, 0, ZoneOffset.UTC)
                        .toString();
            case "origin" -> flight.origin();
            case "destination" -> flight.destination();
            case "distance_miles" -> String.valueOf(flight.distanceMiles());
            default -> String.valueOf(flight.delayMinutes());
        };
    }
}
