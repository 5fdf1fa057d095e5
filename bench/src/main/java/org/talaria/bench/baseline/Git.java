package org.talaria.bench.baseline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a clone; changes nothing in it. */
final class Git {
    private static final long DEADLINE_SECONDS = 60;

    private final String program;
    private final Path folder;

    /** The clone in or above a folder. */
    Git(Path folder) {
        this("git", folder);
    }

    Git(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The full id of the first of some revisions that the clone has.
     *
     * @throws IOException if there is no git, no clone, or none of them in it: with a remedy
     */
    String commit(String... revisions) throws IOException, InterruptedException {
        String top = ask("rev-parse", "--show-toplevel");
        if (top == null) {
            throw new IOException(
                    folder + " lies in no git clone, and a source archive has no history: get it by git clone");
        }
        for (String revision : revisions) {
            String id = ask("rev-parse", "--verify", "--quiet", revision + "^{commit}");
            if (id != null) {
                return id;
            }
        }
        String missing = "the clone " + top + " has no " + String.join(" and no ", revisions);
        if ("true".equals(ask("rev-parse", "--is-shallow-repository"))) {
            throw new IOException(missing + ", for it is shallow: git fetch --unshallow --tags");
        }
        throw new IOException(missing + ": git fetch --tags, from where Talaria's history is");
    }

    /** Writes the files of a commit as a tar. */
    void archive(String commit, Path file) throws IOException, InterruptedException {
        String top = ask("rev-parse", "--show-toplevel");
        if (top == null || new Git(program, Path.of(top)).ask("archive", "--output=" + file, commit) == null) {
            throw new IOException("git archive " + commit + " failed in " + folder + ": run it by hand");
        }
    }

    /** What git says; null if it does not say it. */
    private @Nullable String ask(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program, "-C", folder.toString()));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "git cannot be run, which has the earlier state: install it (Debian, Ubuntu: apt-get install git)",
                    e);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(
                    "git " + String.join(" ", arguments) + " did not end within " + DEADLINE_SECONDS + " s");
        }
        return process.exitValue() == 0 ? text : null;
    }
}
