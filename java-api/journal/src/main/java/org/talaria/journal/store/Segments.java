package org.talaria.journal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Names and places of a journal's segments: {@code segment-00000001/}, each a queue of its own with one {@code .cq4} file. */
public final class Segments {
    private static final String PREFIX = "segment-";
    private static final int DIGITS = 8;

    private Segments() {}

    /** The folder of a segment. */
    public static Path folder(Path journal, int segment) {
        return journal.resolve(PREFIX + String.format(Locale.ROOT, "%08d", segment));
    }

    /** The numbers of the segments that exist, ascending. */
    public static List<Integer> list(Path journal) throws IOException {
        List<Integer> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(journal, PREFIX + "*")) {
            for (Path entry : entries) {
                String digits = entry.getFileName().toString().substring(PREFIX.length());
                if (digits.length() == DIGITS && digits.chars().allMatch(Character::isDigit)) {
                    found.add(Integer.parseInt(digits));
                }
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /** The file that holds a segment's excerpts; null if it was not made yet. */
    public static @org.jspecify.annotations.Nullable Path file(Path journal, int segment) throws IOException {
        Path folder = folder(journal, segment);
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.cq4")) {
            for (Path file : files) {
                return file;
            }
        }
        return null;
    }

    /** Deletes a segment, its folder last. */
    public static void delete(Path journal, int segment) throws IOException {
        Path folder = folder(journal, segment);
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
