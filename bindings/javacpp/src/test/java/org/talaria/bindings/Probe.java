package org.talaria.bindings;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs {@link LoadProbe}: a process loads one library at most, so each case has its own. */
final class Probe {
    private final List<String> command = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();

    private Probe() {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!isNative(element)) {
                classPath.add(element);
            }
        }
    }

    /** A JVM that has the library of this build on its class path. */
    static Probe withLibrary() {
        return new Probe().with(nativeFolder());
    }

    /** A JVM that has none. */
    static Probe withoutLibrary() {
        return new Probe();
    }

    /** The folder of this build that the native jar is packed from. */
    static Path nativeFolder() {
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (isNative(element)) {
                return Path.of(element);
            }
        }
        throw new AssertionError("The build put no native folder on the class path");
    }

    private static boolean isNative(String element) {
        return Path.of(element).endsWith(Path.of("target", "native"));
    }

    Probe with(Path classPathElement) {
        classPath.add(classPathElement.toString());
        return this;
    }

    Probe property(String name, Object value) {
        command.add("-D" + name + "=" + value);
        return this;
    }

    Probe flag(String flag) {
        command.add(flag);
        return this;
    }

    /** Runs to the end; returns what was printed, errors included. */
    String run(String... wishes) throws IOException, InterruptedException {
        return finish(start(wishes));
    }

    Process start(String... wishes) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.add("-cp");
        line.add(String.join(File.pathSeparator, classPath));
        line.add(LoadProbe.class.getName());
        line.addAll(List.of(wishes));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    static String finish(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new AssertionError("The probe ended with " + exit + ":\n" + text);
        }
        return text;
    }
}
