package org.talaria.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.talaria.journal.store.ChronicleFlags;

/** Starts programs of the tests in JVMs of their own. */
final class ChildJvm {
    private ChildJvm() {}

    /** With Chronicle's flags. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        return start(ChronicleFlags.flags(), main, arguments);
    }

    static Process start(List<String> flags, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(flags);
        // A warning would stand before the child's first word.
        if (Runtime.version().feature() >= 23) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
