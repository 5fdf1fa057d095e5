package org.talaria.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library of this build, from its place on the class path through the cache. */
@Tag("native")
class NativeLibraryTest {
    @TempDir
    Path folder;

    private Path cache;

    @BeforeEach
    void nameTheCache() {
        cache = folder.resolve("cache");
    }

    @Test
    void isUnpackedUnderItsHashForTheOwnerAlone() throws Exception {
        String output = probe().run();

        assertTrue(output.contains("available=true"), output);
        Path file = onlyFile();
        assertTrue(output.contains("reason=" + file), output);
        assertEquals(expectedHash(), file.getParent().getFileName().toString());
        assertEquals("rwx------", permissions(file.getParent()));
        assertEquals("rw-------", permissions(file));
    }

    @Test
    void staysWhereItIsForTheNextProcess() throws Exception {
        probe().run();
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(onlyFile(), longAgo);

        assertTrue(probe().run().contains("available=true"));
        assertEquals(longAgo, Files.getLastModifiedTime(onlyFile()));
    }

    @Test
    void isReplacedWhereTheCacheHoldsADamagedOne() throws Exception {
        probe().run();
        byte[] good = Files.readAllBytes(onlyFile());
        byte[] damaged = good.clone();
        damaged[good.length / 2] ^= 1;
        Files.write(onlyFile(), damaged);

        assertTrue(probe().run().contains("available=true"));
        assertEquals(-1, Files.mismatch(onlyFile(), Files.write(folder.resolve("good"), good)));
    }

    @Test
    void survivesProcessesThatStartAtOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(probe().start(LoadProbe.GATE));
        }
        for (Process process : processes) {
            awaitReady(process);
        }
        for (Process process : processes) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        for (Process process : processes) {
            String output = Probe.finish(process);
            assertTrue(output.contains("available=true"), output);
        }
        onlyFile();
    }

    @Test
    void isRefusedWhereItSpeaksAnotherVersion() throws Exception {
        String output = probe().run(LoadProbe.WRONG_VERSION);

        assertTrue(output.contains("available=false"), output);
        assertTrue(output.contains("of the C API, this program version -1"), output);
    }

    @Test
    void isRefusedWithTheConstantThatDiffers() throws Exception {
        String output = probe().run(LoadProbe.WRONG_LAYOUT);

        assertTrue(output.contains("available=false"), output);
        assertTrue(
                output.matches("(?s).*lays out memory differently: \\S+ is another here and \\S+ in the library.*"),
                output);
    }

    @Test
    void canBeNamedByProperty() throws Exception {
        Path copy = folder.resolve("mine.so");
        Files.copy(library(), copy);

        String output =
                Probe.withoutLibrary().property(NativeLibrary.LIBRARY, copy).run();
        assertTrue(output.contains("available=true"), output);
        assertTrue(output.contains("reason=" + copy), output);
    }

    @Test
    void isRefusedWhereItWasCutShort() throws Exception {
        Path copy = folder.resolve("short.so");
        byte[] bytes = Files.readAllBytes(library());
        Files.write(copy, Arrays.copyOf(bytes, bytes.length - 100));

        String output =
                Probe.withoutLibrary().property(NativeLibrary.LIBRARY, copy).run();
        assertTrue(output.contains("is damaged: it ends after"), output);
    }

    @Test
    void isRefusedWhereItWasBuiltForAnotherProcessor() throws Exception {
        Path copy = folder.resolve("foreign.so");
        byte[] bytes = Files.readAllBytes(library());
        bytes[18] = (byte) 243;
        Files.write(copy, bytes);

        String output =
                Probe.withoutLibrary().property(NativeLibrary.LIBRARY, copy).run();
        assertTrue(output.contains("was built for another processor (ELF machine 243)"), output);
    }

    @Test
    void isRefusedWhereTheClassPathHoldsADamagedOne() throws Exception {
        Path fake = folder.resolve("classes");
        Path copy = fake.resolve(Probe.nativeFolder().relativize(library()));
        Files.createDirectories(copy.getParent());
        Files.copy(library(), copy);
        Files.write(copy, new byte[] {0}, StandardOpenOption.APPEND);
        Files.writeString(Path.of(copy + ".sha256"), expectedHash());

        String output = Probe.withoutLibrary()
                .with(fake)
                .property(NativeLibrary.CACHE, cache)
                .run();
        assertTrue(output.contains("the library on the class path is damaged"), output);
        assertFalse(Files.exists(cache));
    }

    @Test
    void isRefusedWhereTheCacheCannotBeWritten() throws Exception {
        Files.writeString(cache, "a file where a folder is needed");

        String output = probe().run();
        assertTrue(output.contains("the cache folder " + cache + " cannot be written"), output);
    }

    @Test
    void isRefusedWhereOthersCouldWriteTheCache() throws Exception {
        probe().run();
        Files.setPosixFilePermissions(onlyFile().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        String output = probe().run();
        assertTrue(output.contains("can be written by other users"), output);
    }

    @Test
    void raisesNoWarningOfTheCheckedJni() throws Exception {
        String output = probe().flag("-Xcheck:jni").run();

        assertTrue(output.contains("available=true"), output);
        assertTrue(output.contains("open=-"), output);
        assertFalse(output.contains("WARNING in native method"), output);
        assertFalse(output.contains("FATAL ERROR"), output);
    }

    private Probe probe() {
        return Probe.withLibrary().property(NativeLibrary.CACHE, cache);
    }

    private static void awaitReady(Process process) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.indexOf("ready\n") < 0) {
            int next = process.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("The probe ended early: " + said);
            }
            said.append((char) next);
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertEquals(1, found.size(), () -> "Files in the cache: " + found);
            return found.get(0);
        }
    }

    private static Path library() {
        return Probe.nativeFolder()
                .resolve("org/talaria/bindings/" + NativePlatform.name())
                .resolve(NativePlatform.libraryName());
    }

    private static String expectedHash() throws IOException {
        return Files.readString(Path.of(library() + ".sha256"), StandardCharsets.US_ASCII)
                .strip();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
