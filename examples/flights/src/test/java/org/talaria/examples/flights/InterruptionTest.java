package org.talaria.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.TalariaException;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** A run that is told to end (as by Ctrl-C) closes its engine, deletes what was temporary, and leaves what was asked to stay. */
class InterruptionTest {
    private static final int SIGTERM_EXIT = 143;
    private static final long PATIENCE_SECONDS = 60;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    @TempDir
    private Path folder;

    private Process start(Path temporary, Object... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument ->
                        argument.startsWith("--add") || argument.startsWith("--enable") || argument.startsWith("--sun"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                FlightsDemo.class.getName(),
                "--engine",
                "java",
                "--repeat",
                "1000000"));
        Stream.of(args).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Ends it as soon as messages are in its journal. */
    private String endWhenItSends(Process process, Supplier<Optional<Path>> journal) throws Exception {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (journal.get().filter(InterruptionTest::hasMessages).isEmpty()) {
                assertTrue(process.isAlive() && System.nanoTime() - end < 0, () -> "nothing was sent: " + err());
                LockSupport.parkNanos(POLL_NS);
            }
            process.destroy();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "still runs: " + err());
            assertEquals(SIGTERM_EXIT, process.exitValue());
            return err();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean hasMessages(Path journal) {
        try {
            return Verifier.verify(journal, Options.defaults(), org.talaria.journal.verify.Progress.NONE)
                            .figures()
                            .messages()
                    > 0;
        } catch (TalariaException e) {
            // Not a journal yet.
            return false;
        }
    }

    private static Optional<Path> folderIn(Path temporary) {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(file -> file.getFileName().toString().startsWith("talaria-demo-"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String err() {
        try {
            return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void deletesItsTemporaryJournal() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String err = endWhenItSends(start(temporary), () -> folderIn(temporary));
        assertEquals("talaria demo: interrupted, closing" + System.lineSeparator(), err);
        assertEquals(Optional.empty(), folderIn(temporary));
    }

    @Test
    void leavesAGivenJournalThatCanBeVerified() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path journal = folder.resolve("journal");
        endWhenItSends(start(temporary, "--journal", journal), () -> Optional.of(journal));
        Verdict verdict = Verifier.verify(journal, Options.defaults(), org.talaria.journal.verify.Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
    }
}
