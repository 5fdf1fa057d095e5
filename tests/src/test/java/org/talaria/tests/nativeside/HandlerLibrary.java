package org.talaria.tests.nativeside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.talaria.NativeHandler;

/** The C++ handlers of these tests, compiled once, as a user would: {@code c++}, our headers, the header generated from the records. */
public final class HandlerLibrary {
    private static final Path HOME = Path.of(System.getProperty("talaria.tests.home", "."));
    private static final Path WORK = Path.of(System.getProperty("talaria.tests.work", "target"));
    private static final Path GENERATED =
            Path.of(System.getProperty("talaria.tests.header", "target/generated-headers"));

    private static Path library;

    private HandlerLibrary() {}

    /** A handler by its name in {@code handlers.cpp}. */
    public static NativeHandler handler(String symbol) {
        return NativeHandler.in(path()).handler(symbol);
    }

    static synchronized Path path() {
        if (library == null) {
            library = build();
        }
        return library;
    }

    private static Path build() {
        Path output = WORK.resolve("handlers").resolve("libtesthandlers.so").toAbsolutePath();
        List<String> command = List.of(
                System.getenv().getOrDefault("CXX", "c++"),
                "-std=c++20",
                "-O2",
                "-fPIC",
                "-shared",
                "-fvisibility=hidden",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-I" + HOME.resolve("../native/include"),
                "-I" + GENERATED,
                HOME.resolve("src/test/cpp/handlers.cpp").toString(),
                "-o",
                output.toString());
        try {
            Files.createDirectories(output.getParent());
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new AssertionError("cannot build the handlers: " + String.join(" ", command) + "\n" + said);
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
