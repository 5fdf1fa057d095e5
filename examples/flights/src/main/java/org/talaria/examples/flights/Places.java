package org.talaria.examples.flights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.talaria.examples.flights.report.RejectsFile;

/** Looks at the files of a run before it starts, so that it does not fail at its end, and overwrites nothing that it reads. */
final class Places {
    private Places() {}

    /** @return where malformed lines are listed @throws DemoException if a file cannot be written, or would overwrite the input */
    static Path check(@Nullable Path input, @Nullable Path output) {
        Path rejects = RejectsFile.beside(output);
        if (output != null) {
            checkOutput(output);
            if (isSame(output, rejects)) {
                throw usage("--output " + output
                        + " would be overwritten by the list of malformed lines: give it another name than "
                        + RejectsFile.NAME);
            }
            if (input != null && isSame(input, output)) {
                throw usage("--output " + output + " is the input: give it another name");
            }
        }
        if (input != null && isSame(input, rejects)) {
            throw usage("the list of malformed lines, " + rejects
                    + ", would overwrite the input: rename the input, or give --output in another folder");
        }
        return rejects;
    }

    private static void checkOutput(Path output) {
        if (Files.isDirectory(output)) {
            throw usage("--output " + output + " is a folder: give a file");
        }
        Path folder = output.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw usage("--output " + output + " cannot be written, its folder cannot be made (" + e
                    + "): give a file in a folder that can be written");
        }
        if (!Files.isWritable(Files.exists(output) ? output : folder)) {
            throw usage("--output " + output + " cannot be written: give a file in a folder that can be written");
        }
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())
                    || (Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b));
        } catch (IOException e) {
            // Not to be looked at means not to be overwritten either: opening it will say why.
            return false;
        }
    }

    private static DemoException usage(String message) {
        return new DemoException(ExitCode.USAGE, message);
    }
}
