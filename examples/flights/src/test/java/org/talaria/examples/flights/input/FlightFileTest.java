package org.talaria.examples.flights.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlightFileTest {
    private static final String HEADER = "date,origin,destination,distance_miles,delay_minutes\n";
    private static final String GOOD = "2001-01-01T06:20,BNA,MCI,491,-3\n";
    private static final long MINUTE = 16_305_500;
    private static final Flight FLIGHT = new Flight("BNA", "MCI", 491, -3, MINUTE);

    @TempDir
    private Path folder;

    private static Flights read(String text) throws InputException, IOException {
        return FlightFile.read("test", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsFlightsInTheOrderOfTheFile() throws Exception {
        Flights read = read(HEADER + GOOD + "2001-01-01T06:21,A,B,0,0\n");
        assertEquals(List.of(FLIGHT, new Flight("A", "B", 0, 0, MINUTE + 1)), read.flights());
        assertTrue(read.rejects().isEmpty());
    }

    @Test
    void findsColumnsByNameInAnyOrder() throws Exception {
        assertEquals(
                List.of(FLIGHT),
                read("Delay_Minutes,remark, destination ,date,distance_miles,origin\n-3,late,MCI,2001-01-01T06:20,491,BNA\n")
                        .flights());
    }

    @Test
    void acceptsByteOrderMarkAndCrLf() throws Exception {
        String windows = "\uFEFF" + (HEADER + GOOD + "\n" + GOOD).replace("\n", "\r\n");
        assertEquals(new Flights(List.of(FLIGHT, FLIGHT), List.of()), read(windows));
    }

    @Test
    void acceptsByteOrderMarkBeforeAQuotedHeader() throws Exception {
        assertEquals(
                List.of(FLIGHT),
                read("\uFEFF\"date\",\"origin\",\"destination\",\"distance_miles\",\"delay_minutes\"\n" + GOOD)
                        .flights());
    }

    @Test
    void acceptsLoneCrAndAMissingEndOfTheLastLine() throws Exception {
        assertEquals(
                List.of(FLIGHT, FLIGHT),
                read((HEADER + GOOD + GOOD.strip()).replace('\n', '\r')).flights());
    }

    @Test
    void acceptsQuotedFields() throws Exception {
        Flights read = read(HEADER + "\"2001-01-01T06:20\",\"B,A\",\"M\"\"I\", \"491\" , -3 \n");
        assertEquals(List.of(new Flight("B,A", "M\"I", 491, -3, MINUTE)), read.flights());
        assertTrue(read.rejects().isEmpty());
    }

    @Test
    void acceptsLineEndsInAQuotedField() throws Exception {
        String header = HEADER.strip() + ",remark\n";
        Flights read = read(header + GOOD.strip() + ",\"two\nlines\"\n" + GOOD.strip() + ",\n" + GOOD);
        assertEquals(List.of(FLIGHT, FLIGHT), read.flights());
        assertEquals(List.of(new Reject(5, "missing column: 5 of 6")), read.rejects());
    }

    @Test
    void skipsBlankLinesButCountsThem() throws Exception {
        Flights read = read("\n \n" + HEADER + "\n" + GOOD + "\t \nx\n");
        assertEquals(List.of(FLIGHT), read.flights());
        assertEquals(List.of(new Reject(7, "missing column: 1 of 5")), read.rejects());
    }

    @Test
    void anyCodeIsAnAirport() throws Exception {
        assertEquals(
                "Zürich ✈",
                read(HEADER + "2001-01-01T06:20,Zürich ✈,MCI,491,-3\n")
                        .flights()
                        .get(0)
                        .origin());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "2001-01-01T06:20,BNA,MCI,491|missing column: 4 of 5",
                "2001-01-01T06:20,BNA,MCI,491,-3,7|too many columns: 6, the header has 5",
                "2001-01-01T06:20,,MCI,491,-3|empty airport code: origin",
                "2001-01-01T06:20,BNA, ,491,-3|empty airport code: destination",
                "2001-01-01T06:20,BNA,\"\",491,-3|empty airport code: destination",
                "2001-01-01T06:20,ABCDEFGHIJKLMNOPQ,MCI,491,-3|over-long airport code: origin has 17 characters, at most 16 are allowed",
                "2001-01-01T06:20,BNA,MCI,,-3|bad number: distance_miles is \"\"",
                "2001-01-01T06:20,BNA,MCI,4.5,-3|bad number: distance_miles is \"4.5\"",
                "2001-01-01T06:20,BNA,MCI,1e3,-3|bad number: distance_miles is \"1e3\"",
                "2001-01-01T06:20,BNA,MCI,٤٩١,-3|bad number: distance_miles is \"٤٩١\"",
                "2001-01-01T06:20,BNA,MCI,491,NaN|bad number: delay_minutes is \"NaN\"",
                "2001-01-01T06:20,BNA,MCI,491,-|bad number: delay_minutes is \"-\"",
                "2001-01-01T06:20,BNA,MCI,-1,0|negative distance: -1",
                "2001-01-01T06:20,BNA,MCI,-99999999999999999999,0|negative distance: -99999999999999999999",
                "2001-01-01T06:20,BNA,MCI,20001,0|out of range: distance_miles is 20001, allowed are 0 to 20000",
                "2001-01-01T06:20,BNA,MCI,491,14401|out of range: delay_minutes is 14401, allowed are -1440 to 14400",
                "2001-01-01T06:20,BNA,MCI,491,-1441|out of range: delay_minutes is -1441, allowed are -1440 to 14400",
                "2001-01-01T06:20,BNA,MCI,491,99999999999999999999|out of range: delay_minutes is 99999999999999999999, allowed are -1440 to 14400",
                "2001-02-29T06:20,BNA,MCI,491,0|impossible date: \"2001-02-29T06:20\", wanted is one such as 2001-01-31T06:20",
                "2001-01-01T24:00,BNA,MCI,491,0|impossible date: \"2001-01-01T24:00\", wanted is one such as 2001-01-31T06:20",
                "yesterday,BNA,MCI,491,0|impossible date: \"yesterday\", wanted is one such as 2001-01-31T06:20",
                ",BNA,MCI,491,0|impossible date: \"\", wanted is one such as 2001-01-31T06:20",
                "2001-01-01T06:20,\"BNA,MCI,491,0|bad quoting: a quote is not closed, or text stands beside it",
                "2001-01-01T06:20,\"BNA\"x,MCI,491,0|bad quoting: a quote is not closed, or text stands beside it"
            })
    void rejectsAMalformedLineAndGoesOn(String line, String reason) throws Exception {
        Flights read = read(HEADER + GOOD + line + "\n" + GOOD);
        assertEquals(List.of(new Reject(3, reason)), read.rejects());
        assertEquals(List.of(FLIGHT, FLIGHT), read.flights());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "20000", "+7", "007", "-0"})
    void acceptsDistancesInRange(String distance) throws Exception {
        assertEquals(
                1,
                read(HEADER + "2001-01-01T06:20,BNA,MCI," + distance + ",0\n")
                        .flights()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1440", "14400", "+5"})
    void acceptsDelaysInRange(String delay) throws Exception {
        assertEquals(
                1,
                read(HEADER + "2001-01-01T06:20,BNA,MCI,1," + delay + "\n")
                        .flights()
                        .size());
    }

    @Test
    void rejectsNulBytes() throws Exception {
        Flights read = read(HEADER + "2001-01-01T06:20,B\0A,MCI,491,-3\n" + GOOD);
        assertEquals(new Flights(List.of(FLIGHT), List.of(new Reject(2, "NUL byte"))), read);
    }

    @Test
    void rejectsControlCharactersInACode() throws Exception {
        Flights read = read(HEADER + "2001-01-01T06:20,\"B\nA\",MCI,491,-3\n" + GOOD);
        assertEquals(List.of(FLIGHT), read.flights());
        assertEquals(
                new Reject(2, "bad airport code: control character in origin"),
                read.rejects().get(0));
    }

    @Test
    void rejectsOverLongLines() throws Exception {
        Flights read = read(HEADER + "x".repeat(1 << 20) + "\n" + GOOD + " ".repeat(LineReader.MAX_LINE_BYTES + 1));
        assertEquals(List.of(FLIGHT), read.flights());
        assertEquals(
                List.of(
                        new Reject(2, "over-long: more than 4096 bytes"),
                        new Reject(4, "over-long: more than 4096 bytes")),
                read.rejects());
    }

    @Test
    void acceptsTheLongestLine() throws Exception {
        String line = GOOD.strip()
                + " ".repeat(LineReader.MAX_LINE_BYTES - GOOD.strip().length());
        assertEquals(List.of(FLIGHT), read(HEADER + line).flights());
    }

    @Test
    void rejectsWhatIsNotUtf8() throws Exception {
        byte[] latin = (HEADER + "2001-01-01T06:20,Zürich,MCI,491,-3\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
        Flights read = FlightFile.read("test", new ByteArrayInputStream(latin));
        assertEquals(new Flights(List.of(FLIGHT), List.of(new Reject(2, "not UTF-8"))), read);
    }

    @Test
    void anOpenQuoteCostsItsOwnLineOnly() throws Exception {
        String open = "2001-01-01T06:20,\"BNA,MCI,491,0\n";
        Flights read = read(HEADER + open + GOOD.repeat(3) + open + GOOD.repeat(40) + open);
        assertEquals(43, read.flights().size());
        assertEquals(
                List.of(2L, 6L, 47L), read.rejects().stream().map(Reject::line).toList());
    }

    @Test
    void quotesNothingLongOrUnprintableInAReason() throws Exception {
        String reason = read(HEADER + "\"a\tb" + "c".repeat(100) + "\",BNA,MCI,491,0\n")
                .rejects()
                .get(0)
                .reason();
        assertTrue(reason.startsWith("impossible date: \"a?bccc"), reason);
        assertTrue(reason.length() < 120, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date,origin,destination,distance_miles|column delay_minutes:",
                "origin,destination,distance_miles|column date, delay_minutes:",
                "date,origin,origin,destination,distance_miles,delay_minutes|column origin is there twice",
                "20,30|column date, origin, destination, distance_miles, delay_minutes:",
                "\"date,origin|cannot be read (bad quoting"
            })
    void refusesAFileWithoutAUsableHeader(String header, String told) {
        InputException e = assertThrows(InputException.class, () -> read(header + "\n" + GOOD));
        assertTrue(e.getMessage().contains(told), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF"})
    void refusesAnEmptyFile(String text) {
        assertTrue(assertThrows(InputException.class, () -> read(text))
                .getMessage()
                .startsWith("test is empty: "));
    }

    @Test
    void aHeaderAloneIsNoFlightsAndNoFault() throws Exception {
        assertEquals(new Flights(List.of(), List.of()), read(HEADER));
    }

    @Test
    void namesAMissingFile() {
        InputException e = assertThrows(InputException.class, () -> FlightFile.read(folder.resolve("none.csv")));
        assertTrue(e.getMessage().contains("none.csv: no such file: give --input"), e.getMessage());
    }

    @Test
    void namesAFolder() {
        InputException e = assertThrows(InputException.class, () -> FlightFile.read(folder));
        assertTrue(e.getMessage().contains("it is a folder"), e.getMessage());
    }

    @Test
    void readsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("flights.csv"), HEADER + GOOD);
        assertEquals(List.of(FLIGHT), FlightFile.read(file).flights());
    }

    @Test
    void readsTheBuiltInFlights() throws Exception {
        Flights read = BuiltIn.flights();
        assertEquals(20_000, read.flights().size());
        assertEquals(List.of(), read.rejects());
        assertEquals(new Flight("BNA", "MCI", 491, 0, MINUTE), read.flights().get(0));
    }

    @Test
    void knowsTheBuiltInAirports() throws Exception {
        AirportNames names = AirportNames.builtIn();
        assertEquals("William P Hobby", names.of("HOU").name());
        assertEquals("Houston, TX", names.of("HOU").place());
        assertEquals("ZZZ", names.of("ZZZ").place());
        for (Flight flight : BuiltIn.flights().flights()) {
            assertTrue(!names.of(flight.origin()).name().isEmpty(), flight.origin());
            assertTrue(!names.of(flight.destination()).name().isEmpty(), flight.destination());
        }
    }
}
