package org.talaria.examples.flights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a run's journal: a given one that stays, or a temporary one that goes when this is closed. */
final class RunFolder implements AutoCloseable {
    private static final String HANDLERS = "handlers";

    private final Path path;
    private final boolean temporary;

    private RunFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** @param given null = a temporary one @throws DemoException if it holds files already, or cannot be made */
    static RunFolder of(@Nullable Path given) {
        try {
            if (given == null) {
                return new RunFolder(Files.createTempDirectory("talaria-demo-"), true);
            }
            Files.createDirectories(given);
            if (!isEmpty(given)) {
                throw new DemoException(
                        ExitCode.USAGE,
                        "the journal folder " + given
                                + " holds files already: give --journal a new or an empty folder");
            }
            return new RunFolder(given, false);
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new DemoException(
                    ExitCode.USAGE,
                    "the journal " + given + " is no folder: give --journal a new or an empty folder",
                    e);
        } catch (IOException e) {
            throw new DemoException(
                    ExitCode.USAGE,
                    "cannot make the journal folder " + (given == null ? "in the temporary folder" : given) + ": " + e
                            + ": give --journal a folder that can be written",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** The folder, or null if it goes with this run. */
    @Nullable
    Path kept() {
        return temporary ? null : path;
    }

    /** Where the C++ handler is unpacked: beside the journal, so that a kept one can be replayed later. */
    Path handlers() {
        return path.resolve(HANDLERS);
    }

    /** Length of the journal's files. */
    long journalBytes() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.startsWith(handlers()))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            throw new DemoException(ExitCode.FAILED, "cannot read the journal folder " + path + ": " + e, e);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("talaria demo: the temporary journal " + path + " could not be deleted (" + e
                    + "): delete it by hand");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
