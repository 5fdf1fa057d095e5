package org.talaria.bench.baseline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.talaria.bench.pipe.TemporaryFolder;

/**
 * The state of issue 1, as built: what the launcher of that state would put on the class path, with its own native library. Built once a commit, kind of engine and JDK, outside the
 * work tree, and kept there. One thread; another process that builds the same at the same time does no harm.
 */
public final class Baseline {
    /** Property that names the folder where builds are kept; default {@code talaria} in the user's cache folder. */
    public static final String SCRATCH = "talaria.bench.scratch";

    /** The state that is asked for: the tag, or the commit that it is set on. */
    private static final String[] REVISIONS = {"issue-1", "f5b1571"};

    private static final String TOOL = "java-api/tool/target";
    private static final String NATIVE = "bindings/javacpp/target/native";

    private final Git git;
    private final Path scratch;
    private final Build build;
    private final boolean nativeEngine;
    private final String[] revisions;

    /** Builds a source tree. */
    @FunctionalInterface
    interface Build {
        /** Builds what lies in a folder. @throws IOException if it cannot be built: with a remedy */
        void run(Path tree, boolean nativeEngine, Path log, Consumer<String> progress)
                throws IOException, InterruptedException;
    }

    Baseline(Git git, Path scratch, boolean nativeEngine, Build build, String... revisions) {
        this.git = git;
        this.scratch = scratch;
        this.build = build;
        this.nativeEngine = nativeEngine;
        this.revisions = revisions;
    }

    /** Of the clone that the launcher lies in, or else the working directory; with or without a native core, as the other side has it. */
    public static Baseline ofIssue1(boolean nativeEngine) {
        String launcher = System.getProperty("talaria.launcher", "");
        Path folder = launcher.isEmpty()
                ? Path.of("").toAbsolutePath()
                : Path.of(launcher).toAbsolutePath().getParent();
        return new Baseline(new Git(folder), scratch(), nativeEngine, new MavenBuild(), REVISIONS);
    }

    private static Path scratch() {
        String given = System.getProperty(SCRATCH, "");
        if (!given.isEmpty()) {
            return Path.of(given).toAbsolutePath();
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home = cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cache).toAbsolutePath();
        return home.resolve("talaria").resolve("bench");
    }

    /**
     * Its class path, built where it is not there yet.
     *
     * @param progress told how far the build is
     * @throws IOException if it cannot be had: with a remedy
     */
    public String classPath(Consumer<String> progress) throws IOException, InterruptedException {
        String commit = git.commit(revisions);
        String name = commit.substring(0, 12) + (nativeEngine ? "-native" : "-java") + "-jdk"
                + Runtime.version().feature();
        Path built = scratch.resolve(name);
        if (!Files.isDirectory(built)) {
            Files.createDirectories(scratch);
            build(commit, built, progress);
        }
        return String.join(
                File.pathSeparator,
                built.resolve("classes").toString(),
                built.resolve("lib") + "/*",
                built.resolve("native").toString());
    }

    private void build(String commit, Path built, Consumer<String> progress) throws IOException, InterruptedException {
        String what = "building " + revisions[0] + " (" + commit.substring(0, 12) + ")";
        progress.accept(what);
        try (TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(scratch, "build-"))) {
            Path tree = Files.createDirectory(folder.path().resolve("tree"));
            Path tar = folder.path().resolve("tree.tar");
            git.archive(commit, tar);
            unpack(tar, tree);
            build.run(
                    tree,
                    nativeEngine,
                    scratch.resolve(built.getFileName() + ".log"),
                    text -> progress.accept(what + text));
            Path parts = Files.createDirectory(folder.path().resolve("parts"));
            Files.move(tree.resolve(TOOL).resolve("classes"), parts.resolve("classes"));
            Files.move(tree.resolve(TOOL).resolve("lib"), parts.resolve("lib"));
            if (nativeEngine) {
                Files.move(tree.resolve(NATIVE), parts.resolve("native"));
            }
            keep(parts, built);
        }
    }

    /** All at once, so that what lies there is whole. */
    private static void keep(Path parts, Path built) throws IOException {
        try {
            Files.move(parts, built, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(built)) {
                throw e;
            }
            // Another process was faster, and has built the same
        }
    }

    private static void unpack(Path tar, Path tree) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", "-xf", tar.toString(), "-C", tree.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Stream<Path> files = process.waitFor() == 0 ? Files.list(tree) : Stream.empty()) {
            if (files.findAny().isEmpty()) {
                throw new IOException("tar could not unpack " + tar + ": is there room in its folder?");
            }
        }
    }
}
