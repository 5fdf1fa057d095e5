package org.talaria.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.tests.support.Watchdog;

/** A native library that cannot be had: AUTO goes on with the Java engine and says why; NATIVE refuses. (More of what can be wrong with it: tests of the binding.) */
@ExtendWith(Watchdog.class)
class NativeLoadingTest {
    @TempDir
    Path folder;

    private List<String> run(String engine, String... flags) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(flags), Victim.class, engine, "", "close")) {
            List<String> lines = child.rest();
            if (engine.equals("NATIVE")) {
                assertNotEquals(0, child.exitCode(), lines::toString);
            } else {
                assertEquals(0, child.exitCode(), lines::toString);
                assertTrue(lines.contains("stopped after " + Victim.MESSAGES), lines::toString);
            }
            return lines;
        }
    }

    private void fallsBackOrRefuses(String named, String... flags) throws Exception {
        List<String> auto = run("AUTO", flags);
        String engine = auto.stream()
                .filter(line -> line.startsWith("engine "))
                .findFirst()
                .orElse("");
        assertTrue(engine.startsWith("engine JAVA") && engine.contains(named), auto::toString);
        long logged = auto.stream()
                .filter(line -> line.contains(named) && !line.startsWith("engine "))
                .count();
        assertEquals(1, logged, () -> "one logged line says why: " + auto);
        List<String> refused = run("NATIVE", flags);
        assertTrue(
                refused.stream().anyMatch(line -> line.contains("TalariaException") && line.contains(named)),
                refused::toString);
    }

    @Test
    void switchedOff() throws Exception {
        fallsBackOrRefuses("talaria.native.disable", "-Dtalaria.native.disable=true");
    }

    @Test
    void missing() throws Exception {
        Path missing = folder.resolve("libtalaria.so");
        fallsBackOrRefuses(missing.toString(), "-Dtalaria.native.library=" + missing);
    }

    @Test
    void damaged() throws Exception {
        Path damaged = folder.resolve("libtalaria.so");
        Files.write(damaged, new byte[100_000]);
        fallsBackOrRefuses(damaged.toString(), "-Dtalaria.native.library=" + damaged);
    }

    /** A library that loads and is none of ours. */
    @Test
    void ofAnotherMaking() throws Exception {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        fallsBackOrRefuses("talaria_abi_version", "-Dtalaria.native.library=" + other);
    }

    /** A library of another release, as far as it is asked. */
    private Path anotherRelease(int abiVersion) throws Exception {
        Path home = Path.of(System.getProperty("talaria.tests.home", "."));
        Path include = Path.of(System.getProperty("java.home"), "include");
        Path library = folder.resolve("libanother.so");
        List<String> command = List.of(
                System.getenv().getOrDefault("CXX", "c++"),
                "-shared",
                "-fPIC",
                "-DANOTHER_ABI=" + abiVersion,
                "-I" + include,
                "-I" + include.resolve("linux"),
                home.resolve("src/test/cpp/another_release.cpp").toString(),
                "-o",
                library.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return library;
    }

    @Test
    @Tag("native")
    void ofAnotherVersion() throws Exception {
        Path other = anotherRelease(4_711);
        fallsBackOrRefuses("speaks version 4711 of the C API", "-Dtalaria.native.library=" + other);
    }

    /** The handshake's other half: the version is ours, the memory layout is not. */
    @Test
    @Tag("native")
    void ofAnotherLayout() throws Exception {
        Path other = anotherRelease(3);
        fallsBackOrRefuses("lays out memory differently", "-Dtalaria.native.library=" + other);
    }

    /** The library of this build: unpacked by an engine that opens. */
    private static byte[] good() throws IOException {
        Talaria.open(TalariaConfig.config().engine(EngineKind.NATIVE).shutdownHook(false))
                .close();
        try (Stream<Path> cached = Files.walk(Path.of(System.getProperty("talaria.native.cache")))) {
            return Files.readAllBytes(
                    cached.filter(Files::isRegularFile).findAny().orElseThrow());
        }
    }

    @Test
    @Tag("native")
    void forAnotherProcessor() throws Exception {
        byte[] library = good();
        int machineOffset = 18;
        library[machineOffset] = (byte) 243;
        Path foreign = Files.write(folder.resolve("libforeign.so"), library);
        fallsBackOrRefuses("was built for another processor", "-Dtalaria.native.library=" + foreign);
    }

    @Test
    @Tag("native")
    void cutShort() throws Exception {
        byte[] library = good();
        Path half = Files.write(folder.resolve("libhalf.so"), Arrays.copyOf(library, library.length / 2));
        fallsBackOrRefuses("it ends after " + library.length / 2, "-Dtalaria.native.library=" + half);
    }

    /** In the way of whoever runs this, root too: a file where the folder should be. */
    @Test
    @Tag("native")
    void theCacheCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("cache"), "no folder");
        fallsBackOrRefuses("the cache folder " + file + " cannot be written", "-Dtalaria.native.cache=" + file);
    }
}
