package org.talaria.examples.flights.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Splits one record into its fields, by the rules of RFC 4180; spaces around a field are not part of it. */
final class CsvLine {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(false)
            .get();

    private static final char QUOTE = '"';

    private CsvLine() {}

    static String text(LineReader.Line line) throws MalformedLineException {
        String damage = damage(line);
        if (damage != null) {
            throw new MalformedLineException(damage);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedLineException("not UTF-8");
        }
    }

    /** Whether this line can be no part of a record, whatever stands around it. */
    static boolean isDamaged(LineReader.Line line) {
        return damage(line) != null;
    }

    private static @Nullable String damage(LineReader.Line line) {
        if (line.overLong()) {
            return "over-long: more than " + LineReader.MAX_LINE_BYTES + " bytes";
        }
        for (byte b : line.bytes()) {
            if (b == 0) {
                return "NUL byte";
            }
        }
        return null;
    }

    static List<String> fields(String text) throws MalformedLineException {
        // Without a quote a record is what stands between the commas, and a parser a line would be most of the time
        // that reading takes.
        return text.indexOf(QUOTE) < 0 ? plain(text) : quoted(text);
    }

    private static List<String> plain(String text) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            fields.add(text.substring(from, comma).strip());
            from = comma + 1;
        }
        fields.add(text.substring(from).strip());
        return fields;
    }

    private static List<String> quoted(String text) throws MalformedLineException {
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw new MalformedLineException("bad quoting: not one record");
            }
            return records.get(0).stream().map(String::strip).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new MalformedLineException("bad quoting: a quote is not closed, or text stands beside it");
        }
    }

    /** Whether a quoted field goes on after the end of this text. */
    static boolean open(String text) {
        int quotes = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == QUOTE) {
                quotes++;
            }
        }
        return quotes % 2 != 0;
    }
}
