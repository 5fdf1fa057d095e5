package org.talaria.tests.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles a text as a user's build would: this test's class path, the annotation processor, every lint an error. */
final class Javac {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private Javac() {}

    /** What javac had to say: empty if it was content. */
    static List<String> compile(Path output, String className, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(output));
            List<String> options = List.of(
                    "-Xlint:all,-processing,-try",
                    "-Werror",
                    "--release",
                    "17",
                    "-classpath",
                    CLASS_PATH,
                    "-processorpath",
                    CLASS_PATH);
            boolean done = compiler.getTask(null, files, said, options, null, List.of(new Text(className, text)))
                    .call();
            List<String> lines = said.getDiagnostics().stream()
                    .map(diagnostic -> diagnostic.getKind() + ": " + diagnostic.getMessage(Locale.ROOT))
                    .toList();
            return done ? List.of() : lines.isEmpty() ? List.of("failed without a word") : lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether one of the things said is an error. */
    static boolean isError(String said) {
        return said.startsWith(Diagnostic.Kind.ERROR.name());
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
