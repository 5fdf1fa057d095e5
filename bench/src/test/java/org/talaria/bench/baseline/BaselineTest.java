package org.talaria.bench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In clones of their own, with a build that only makes folders. */
class BaselineTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private int builds;

    private Path clone(String name) throws Exception {
        Path clone = Files.createDirectory(folder.resolve(name));
        git(clone, "init", "-q");
        return clone;
    }

    private static void commit(Path clone, String text) throws Exception {
        Files.writeString(clone.resolve("state.txt"), text);
        git(clone, "add", "-A");
        git(clone, "-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", "commit", "-qm", text);
    }

    private static void git(Path clone, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", clone.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), () -> command.toString());
    }

    private void build(Path tree, boolean nativeEngine, Path log, Consumer<String> progress) throws IOException {
        builds++;
        progress.accept(", 1 s");
        Path classes = Files.createDirectories(tree.resolve("java-api/tool/target/classes"));
        Files.copy(tree.resolve("state.txt"), classes.resolve("state.txt"));
        Files.createDirectories(tree.resolve("java-api/tool/target/lib"));
        Files.createDirectories(tree.resolve("bindings/javacpp/target/native"));
    }

    private Baseline of(Path clone, boolean nativeEngine, String... revisions) {
        return new Baseline(new Git(clone), folder.resolve("scratch"), nativeEngine, this::build, revisions);
    }

    private String built(String classPath) throws IOException {
        return Files.readString(Path.of(classPath.split(java.io.File.pathSeparator)[0], "state.txt"));
    }

    @Test
    void theOldStateIsBuiltOnceAndKept() throws Exception {
        Path clone = clone("clone");
        commit(clone, "then");
        git(clone, "tag", "old");
        commit(clone, "today");
        String first = of(clone, true, "old").classPath(told::add);
        assertEquals("then", built(first));
        assertEquals(1, builds);
        assertTrue(told.get(0).startsWith("building old ("), told::toString);
        assertTrue(told.get(told.size() - 1).endsWith(", 1 s"), told::toString);
        assertEquals(first, of(clone, true, "old").classPath(told::add));
        assertEquals(1, builds, "it lay there");
        of(clone, false, "old").classPath(told::add);
        assertEquals(2, builds, "without a native core it is another build");
        assertEquals("today", Files.readString(clone.resolve("state.txt")), "the work tree is left alone");
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertTrue(
                    left.noneMatch(file -> file.getFileName().toString().startsWith("build-")), "nothing is left over");
        }
    }

    @Test
    void theFirstRevisionThatIsThereIsTaken() throws Exception {
        Path clone = clone("clone");
        commit(clone, "then");
        assertEquals("then", built(of(clone, true, "no-such-tag", "HEAD").classPath(told::add)));
    }

    @Test
    void aBuildThatFailsLeavesNothing() throws Exception {
        Path clone = clone("clone");
        commit(clone, "then");
        Baseline failing = new Baseline(
                new Git(clone),
                folder.resolve("scratch"),
                true,
                (tree, nativeEngine, log, progress) -> {
                    throw new IOException("no compiler");
                },
                "HEAD");
        assertThrows(IOException.class, () -> failing.classPath(told::add));
        assertEquals("then", built(of(clone, true, "HEAD").classPath(told::add)));
        assertEquals(1, builds);
    }

    private static void refused(String remedy, Git git) {
        IOException refused = assertThrows(IOException.class, () -> git.commit("no-such-tag", "1234567"));
        assertTrue(refused.getMessage().contains(remedy), refused.getMessage());
    }

    @Test
    void whatIsMissingIsSaidWithARemedy() throws Exception {
        Path clone = clone("clone");
        commit(clone, "one");
        commit(clone, "two");
        refused("git fetch --tags", new Git(clone));
        git(folder, "clone", "-q", "--depth", "1", "file://" + clone, "shallow");
        refused("git fetch --unshallow", new Git(folder.resolve("shallow")));
        refused("apt-get install git", new Git("no-such-git", clone));
    }

    @Test
    void aSourceArchiveHasNoHistory() throws Exception {
        Path outside = Path.of(System.getProperty("java.io.tmpdir"));
        Path archive = Files.createTempDirectory(outside, "talaria-archive-");
        try {
            refused("git clone", new Git(archive));
        } finally {
            Files.delete(archive);
        }
        assertFalse(Files.exists(archive));
    }
}
