package org.talaria.examples.flights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.talaria.NativeHandler;

/** The C++ handlers of the demonstration: packed as a resource where there was a compiler, unpacked next to the run's journal. */
final class HandlerLibrary {
    /** Name of the handler in {@code routes.cpp}. */
    private static final String ROUTES = "routes";

    private static final String FOLDER = "/org/talaria/examples/flights/native/";

    private HandlerLibrary() {}

    /** Whether this build has it, for this machine. */
    static boolean isBuilt() {
        return HandlerLibrary.class.getResource(resource()) != null;
    }

    /** Unpacks the library into a folder. @return the handler. @throws IOException if it cannot, or this build has none for this machine */
    static NativeHandler unpack(Path folder) throws IOException {
        try (InputStream in = HandlerLibrary.class.getResourceAsStream(resource())) {
            if (in == null) {
                throw new IOException("this build has no " + resource());
            }
            Path library = folder.resolve(fileName());
            Files.copy(in, library);
            return NativeHandler.in(library).handler(ROUTES);
        }
    }

    private static String resource() {
        return FOLDER + platform() + '/' + fileName();
    }

    private static String fileName() {
        return isMac() ? "libflights.dylib" : "libflights.so";
    }

    private static String platform() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String processor = machine.equals("amd64") || machine.equals("x86_64")
                ? "x86_64"
                : machine.equals("aarch64") ? "arm64" : machine;
        return (isMac() ? "macosx-" : "linux-") + processor;
    }

    private static boolean isMac() {
        return System.getProperty("os.name").startsWith("Mac");
    }
}
