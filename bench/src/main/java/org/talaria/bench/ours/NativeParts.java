package org.talaria.bench.ours;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.talaria.NativeHandler;

/** The C++ parts of the benchmarks: packed as resources where there was a compiler, unpacked once a process. Any thread. */
public final class NativeParts {
    private static final String FOLDER = "/org/talaria/bench/native/";
    private static @Nullable Path unpacked;
    private static boolean loaded;

    private NativeParts() {}

    /** Whether this build has them, for this machine. */
    public static boolean isBuilt() {
        return NativeParts.class.getResource(resource("benchhandlers")) != null;
    }

    /** One of the handlers of {@code handlers.cpp}. */
    static NativeHandler handler(String symbol) {
        return NativeHandler.in(file("benchhandlers")).handler(symbol);
    }

    /** Loads the plain calls. */
    public static synchronized void loadPlainCalls() {
        if (!loaded) {
            System.load(file("jnibench").toString());
            loaded = true;
        }
    }

    private static synchronized Path file(String library) {
        try {
            Path folder = unpacked;
            if (folder == null) {
                folder = Files.createTempDirectory("talaria-bench-native-");
                folder.toFile().deleteOnExit();
                unpacked = folder;
            }
            Path file = folder.resolve(System.mapLibraryName(library));
            return Files.exists(file) ? file : unpack(library, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the benchmarks' C++ library " + library, e);
        }
    }

    private static Path unpack(String library, Path file) throws IOException {
        try (InputStream in = NativeParts.class.getResourceAsStream(resource(library))) {
            if (in == null) {
                throw new IllegalStateException(
                        "this build has no " + resource(library) + ": build with a C++ compiler and CMake installed");
            }
            Files.copy(in, file);
            // Before its folder, which was registered first: the last registered goes first.
            file.toFile().deleteOnExit();
            return file;
        }
    }

    private static String resource(String library) {
        return FOLDER + platform() + '/' + System.mapLibraryName(library);
    }

    private static String platform() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String system = System.getProperty("os.name").startsWith("Mac") ? "macosx-" : "linux-";
        return system + (machine.equals("amd64") ? "x86_64" : machine.equals("aarch64") ? "arm64" : machine);
    }
}
