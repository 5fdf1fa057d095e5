package org.talaria.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache under several writers; they are threads here, which share nothing but the folder, as processes would. */
class LibraryCacheTest {
    private static final int WRITERS = 3;

    @TempDir
    Path cache;

    @Test
    void nobodyEverSeesHalfAFile() throws Exception {
        byte[] library = new byte[4 << 20];
        new Random(1).nextBytes(library);
        String hash = LibraryCache.sha256(library);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            for (int round = 0; round < 10; round++) {
                race(threads, cache.resolve("round-" + round), library, hash);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void race(ExecutorService threads, Path folder, byte[] library, String hash) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CyclicBarrier start = new CyclicBarrier(WRITERS + 1);
        Path file = folder.resolve(NativePlatform.libraryName());
        Future<Boolean> torn = threads.submit(() -> {
            start.await();
            return seenTorn(file, library.length, done);
        });
        List<Callable<Path>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(() -> {
                start.await();
                return LibraryCache.place(folder, library, hash);
            });
        }
        for (Future<Path> writer : threads.invokeAll(writers)) {
            assertEquals(file, writer.get());
        }
        done.set(true);
        assertEquals(Boolean.FALSE, torn.get(), "A file was seen that was not whole");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        assertTrue(Files.size(file) == library.length);
    }

    private static boolean seenTorn(Path file, long size, AtomicBoolean done) throws IOException {
        boolean torn = false;
        while (!done.get()) {
            if (Files.exists(file)) {
                torn |= Files.size(file) != size;
            }
        }
        return torn;
    }
}
