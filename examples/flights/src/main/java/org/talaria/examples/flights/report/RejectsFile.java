package org.talaria.examples.flights.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.talaria.examples.flights.input.Reject;

/** The list of malformed lines, {@code rejects.csv}: beside the output file, or in the working folder where there is none. */
public final class RejectsFile {
    /** Its name. */
    public static final String NAME = "rejects.csv";

    private static final String HEADER = "line,reason";

    private RejectsFile() {}

    /** Where it lies for a given output; devices such as {@code /dev/stdout} have nothing beside them. */
    public static Path beside(@Nullable Path output) {
        if (output == null || (Files.exists(output) && !Files.isRegularFile(output))) {
            return Path.of(NAME);
        }
        return output.toAbsolutePath().resolveSibling(NAME);
    }

    /** Writes it. Without rejects there is none: one that an earlier run left is removed, so that it cannot be taken for this run's. */
    public static void write(Path file, List<Reject> rejects) throws IOException {
        if (rejects.isEmpty()) {
            if (isOurs(file)) {
                Files.delete(file);
            }
            return;
        }
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(
                        writer,
                        CSVFormat.RFC4180.builder().setRecordSeparator('\n').get())) {
            printer.printRecord((Object[]) HEADER.split(","));
            for (Reject reject : rejects) {
                printer.printRecord(reject.line(), reject.reason());
            }
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().filter(HEADER::equals).isPresent();
        }
    }
}
