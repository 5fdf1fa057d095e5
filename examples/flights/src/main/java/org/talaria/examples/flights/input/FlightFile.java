package org.talaria.examples.flights.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of flights: UTF-8, with or without a byte-order mark, a header that names the columns in any order, lines that end with LF or CRLF, fields
 * quoted or not. A bad line never spoils the next one: a quote that is not closed costs its own line only. One thread.
 */
public final class FlightFile {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /** A quoted field may hold line ends; more lines than this are no record. */
    private static final int MAX_RECORD_LINES = 16;

    private final String source;
    private final LineReader reader;
    private final Deque<LineReader.Line> ahead = new ArrayDeque<>();
    private final List<Flight> flights = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();

    private FlightFile(String source, InputStream in) {
        this.source = source;
        this.reader = new LineReader(in);
    }

    /** Reads a file. @throws InputException if it is missing, unreadable or has no usable header */
    public static Flights read(Path path) throws InputException {
        if (Files.isDirectory(path)) {
            throw new InputException("cannot read " + path + ": it is a folder: give --input a CSV file of flights");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(path.toString(), in);
        } catch (NoSuchFileException e) {
            throw new InputException("cannot read " + path + ": no such file: give --input a CSV file of flights", e);
        } catch (IOException e) {
            throw new InputException(
                    "cannot read " + path + ": " + e + ": give --input a CSV file that can be read", e);
        }
    }

    /** Reads a stream to its end. @param source what messages call it */
    public static Flights read(String source, InputStream in) throws InputException, IOException {
        return new FlightFile(source, in).all();
    }

    private Flights all() throws InputException, IOException {
        Columns columns = header();
        for (LineReader.Line line = next(); line != null; line = next()) {
            try {
                if (!isBlank(line)) {
                    flights.add(flight(columns, line));
                }
            } catch (MalformedLineException e) {
                rejects.add(new Reject(line.number(), e.getMessage()));
            }
        }
        return new Flights(flights, rejects);
    }

    private Columns header() throws InputException, IOException {
        LineReader.Line line = withoutMark(next());
        while (line != null && isBlank(line)) {
            line = next();
        }
        if (line == null) {
            throw new InputException(
                    source
                            + " is empty: its first line must name date, origin, destination, distance_miles and delay_minutes");
        }
        try {
            return Columns.of(source, CsvLine.fields(CsvLine.text(line)));
        } catch (MalformedLineException e) {
            throw new InputException(
                    source + ": the header in line " + line.number() + " cannot be read (" + e.getMessage()
                            + "): it must name date, origin, destination, distance_miles and delay_minutes",
                    e);
        }
    }

    /** The flight that begins in this line. Lines that a quoted field takes in are consumed only if the whole is a flight. */
    private Flight flight(Columns columns, LineReader.Line line) throws MalformedLineException, IOException {
        String text = CsvLine.text(line);
        if (!CsvLine.open(text)) {
            return columns.flight(CsvLine.fields(text));
        }
        List<LineReader.Line> taken = new ArrayList<>();
        try {
            // Still open here: the parser refuses it as badly quoted.
            return columns.flight(CsvLine.fields(joined(text, taken)));
        } catch (MalformedLineException e) {
            for (int i = taken.size() - 1; i >= 0; i--) {
                ahead.push(taken.get(i));
            }
            throw e;
        }
    }

    private String joined(String first, List<LineReader.Line> taken) throws MalformedLineException, IOException {
        StringBuilder text = new StringBuilder(first);
        while (taken.size() < MAX_RECORD_LINES && CsvLine.open(text.toString())) {
            LineReader.Line more = next();
            if (more == null) {
                break;
            }
            taken.add(more);
            if (CsvLine.isDamaged(more)) {
                break;
            }
            text.append('\n').append(CsvLine.text(more));
        }
        return text.toString();
    }

    private LineReader.@Nullable Line next() throws IOException {
        LineReader.Line line = ahead.poll();
        return line != null ? line : reader.read();
    }

    private static LineReader.@Nullable Line withoutMark(LineReader.@Nullable Line line) {
        int mark = BYTE_ORDER_MARK.length;
        if (line == null
                || line.bytes().length < mark
                || !Arrays.equals(line.bytes(), 0, mark, BYTE_ORDER_MARK, 0, mark)) {
            return line;
        }
        return new LineReader.Line(
                line.number(), Arrays.copyOfRange(line.bytes(), mark, line.bytes().length), line.overLong());
    }

    private static boolean isBlank(LineReader.Line line) {
        if (line.overLong()) {
            return false;
        }
        for (byte b : line.bytes()) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
