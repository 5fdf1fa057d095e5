package org.talaria.bindings;

import java.util.Locale;

/** The name of the machine's platform, as in the classifier of the native jar: {@code linux-x86_64}. */
final class NativePlatform {
    private NativePlatform() {}

    static String name() {
        return os() + "-" + arch();
    }

    static String os() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return "macosx";
        }
        return os.contains("windows") ? "windows" : os;
    }

    static String arch() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "amd64", "x86-64" -> "x86_64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }

    /** File name of the JNI library: {@code libjnitalaria.so}. */
    static String libraryName() {
        return System.mapLibraryName("jnitalaria");
    }
}
