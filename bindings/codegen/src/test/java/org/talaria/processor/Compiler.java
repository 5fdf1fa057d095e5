package org.talaria.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Runs javac with the processor on sources in a folder of their own, as a build does: with every lint, and warnings as errors. */
final class Compiler {
    private final Path folder;
    private final List<String> options = new ArrayList<>();

    Compiler(Path folder) {
        this.folder = folder;
    }

    /** What came of a compilation. */
    record Result(
            boolean success, List<Diagnostic<? extends JavaFileObject>> diagnostics, Path classes, Path generated) {
        Result orFail() {
            if (!success) {
                throw new AssertionError("does not compile: " + diagnostics);
            }
            return this;
        }

        List<Diagnostic<? extends JavaFileObject>> errors() {
            return diagnostics.stream()
                    .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .toList();
        }

        /** A generated source, by its path. */
        String source(String path) {
            return read(generated.resolve(path));
        }

        /** The classes; close it. */
        URLClassLoader loader() {
            try {
                return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Compiler.class.getClassLoader());
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Path folder() {
        return folder;
    }

    Compiler option(String option) {
        options.add(option);
        return this;
    }

    /** Writes a source, {@code path} as in {@code app/Trade.java}. */
    Compiler source(String path, String text) {
        try {
            Path file = folder.resolve("src").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles all sources, or only the given ones, against what earlier calls left. */
    Result compile(String... only) {
        Path classes = folder.resolve("classes");
        Path generated = folder.resolve("generated");
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            Files.createDirectories(classes);
            Files.createDirectories(generated);
            List<String> arguments = new ArrayList<>(List.of(
                    "-Xlint:all",
                    "-Werror",
                    "--release",
                    "17",
                    "-d",
                    classes.toString(),
                    "-s",
                    generated.toString(),
                    "-classpath",
                    classes + System.getProperty("path.separator") + System.getProperty("java.class.path")));
            arguments.addAll(options);
            JavaCompiler.CompilationTask task = javac.getTask(
                    null, files, diagnostics, arguments, null, files.getJavaFileObjectsFromPaths(sources(only)));
            task.setProcessors(List.of(new MessageProcessor()));
            return new Result(task.call(), diagnostics.getDiagnostics(), classes, generated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> sources(String... only) throws IOException {
        Path root = folder.resolve("src");
        if (only.length > 0) {
            return Stream.of(only).map(root::resolve).toList();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
