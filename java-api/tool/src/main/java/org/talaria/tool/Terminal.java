package org.talaria.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person waits. */
final class Terminal {
    private Terminal() {}

    /** Whether standard error is a terminal. {@link System#console} tells of standard input and output only. */
    static boolean isStandardError() {
        return isTerminal(2);
    }

    /** Whether standard output is a terminal. */
    static boolean isStandardOutput() {
        return isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
