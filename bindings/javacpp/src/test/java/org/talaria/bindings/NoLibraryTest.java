package org.talaria.bindings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where there is no usable library; needs no C++ compiler. */
class NoLibraryTest {
    @TempDir
    Path folder;

    @Test
    void noneOnTheClassPathNamesTheJarToAdd() throws Exception {
        refused(Probe.withoutLibrary(), "add org.talaria:talaria-native with classifier " + NativePlatform.name());
    }

    @Test
    void switchedOffSaysByWhat() throws Exception {
        refused(
                Probe.withoutLibrary().property(NativeLibrary.DISABLE, true),
                "switched off by -Dtalaria.native.disable=true");
    }

    @Test
    void missingFileIsNamed() throws Exception {
        Path file = folder.resolve("nowhere.so");
        refused(Probe.withoutLibrary().property(NativeLibrary.LIBRARY, file), "there is no file " + file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "a text that is long enough to hold the sixty-four bytes of an ELF header, and is none"
            })
    void fileThatIsNoLibraryIsNamed(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("text.so"), content);
        refused(Probe.withoutLibrary().property(NativeLibrary.LIBRARY, file), file + " is no shared library");
    }

    @Test
    void otherLibraryIsNamed() throws Exception {
        Path file = aLibraryOfTheJdk();
        refused(Probe.withoutLibrary().property(NativeLibrary.LIBRARY, file), "it lacks talaria_abi_version");
    }

    private static void refused(Probe probe, String reason) throws Exception {
        String output = probe.run();
        assertTrue(output.contains("available=false"), output);
        assertTrue(output.contains(reason), output);
    }

    private static Path aLibraryOfTheJdk() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.home"), "lib"))) {
            return files.filter(file -> file.endsWith(System.mapLibraryName("zip")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
