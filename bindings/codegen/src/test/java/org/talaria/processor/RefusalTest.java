package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be a message is an error at the element that is at fault, which names cause and remedy. */
class RefusalTest {
    private static final String HEAD = """
            package app;
            import java.util.*;
            import org.jspecify.annotations.Nullable;
            import org.talaria.message.*;
            class M {
            """;

    private static final int FIRST_LINE = 6;

    @TempDir
    Path folder;

    /** Each case: a name, the body of a class in which {@code ^} stands before the element at fault, and what the error says. */
    static Stream<Arguments> refused() {
        return Stream.of(
                of(
                        "list",
                        "@Message record A(int x,\n ^List<String> names) {}",
                        "unsupported type java.util.List<java.lang.String> of names"),
                of("object", "@Message record A(\n ^Object it) {}", "unsupported type java.lang.Object of it"),
                of("boxed", "@Message record A(\n ^Integer it) {}", "write int, or @Nullable Integer"),
                of(
                        "nullable primitive",
                        "@Message record A(\n @Nullable ^int it) {}",
                        "declare it as @Nullable Integer"),
                of(
                        "nullable elements",
                        "@Message record A(\n @Nullable ^String[] it) {}",
                        "elements of arrays cannot be null"),
                of("strings", "@Message record A(\n ^String[] it) {}", "elements of arrays must be of fixed size"),
                of("two dimensions", "@Message record A(\n ^int[][] it) {}", "unsupported type int[][]"),
                of(
                        "elements with tails",
                        "@Message record B(String s) {}\n@Message record A(\n ^B[] it) {}",
                        "elements of arrays must be of fixed size"),
                of(
                        "plain record",
                        "record B(int x) {}\n@Message record A(\n ^B it) {}",
                        "annotate that record with @Message"),
                of("empty enum", "enum E {}\n@Message record A(\n ^E it) {}", "an enum needs a constant"),
                of(
                        "private enum",
                        "private enum E {X}\n@Message record A(\n ^E it) {}",
                        "a private enum cannot be reached"),
                of(
                        "empty record",
                        "@Message record B() {}\n@Message record A(\n ^B it) {}",
                        "a nested record needs a component"),
                of("unknown type", "@Message record A(\n ^Nowhere it) {}", "type Nowhere of it is not known"),
                of(
                        "recursion",
                        "@Message record A(int x,\n ^A next) {}",
                        "recursion: app.M$A holds itself through next"),
                of("recursion by array", "@Message record A(int x,\n ^A[] next) {}", "recursion: app.M$A"),
                of(
                        "fixed too small",
                        "@Message record A(\n @Fixed(0) ^int[] it) {}",
                        "@Fixed(0) of it is out of range"),
                of(
                        "fixed too large",
                        "@Message record A(\n @Fixed(16385) ^int[] it) {}",
                        "1 to 16384 elements of 4 bytes"),
                of("fixed scalar", "@Message record A(\n @Fixed(2) ^int it) {}", "@Fixed is for arrays"),
                of("class", "@Message static ^class A {}", "@Message is for records"),
                of("interface", "@Message ^interface A {}", "@Message is for records"),
                of("generic", "@Message\n ^record A<T>(int x) {}", "a generic record has no fixed layout"),
                of("private", "@Message\n private ^record A(int x) {}", "a private record cannot be reached"),
                of(
                        "inside private",
                        "private static class P {\n @Message ^record A(int x) {} }",
                        "a private record cannot be reached"),
                of(
                        "too large",
                        "@Message\n ^record A(@Fixed(8192) long[] x, int y) {}",
                        "its fixed part has 65544 bytes, at most 65536"),
                of("too many", "@Message\n ^record A(" + longs(126) + ") {}", "too many components"),
                of(
                        "another request",
                        "@Message record S(int x) {}\n@Message record B(int x) implements Request<B, S> {}\n"
                                + "@Message\n ^record A(int x) implements Request<B, S> {}",
                        "implements Request<app.M.B, …>, which is another message"),
                of(
                        "reply no record",
                        "@Message\n ^record A(int x) implements Request<A, String> {}",
                        "answered with java.lang.String"),
                of(
                        "reply no message",
                        "record S(int x) {}\n@Message\n ^record A(int x) implements Request<A, S> {}",
                        "which is no @Message record"),
                of(
                        "raw request",
                        "@SuppressWarnings(\"rawtypes\") @Message\n ^record A(int x) implements Request {}",
                        "raw Request"),
                of(
                        "own accessor",
                        "@Message record A(int x) {\n public int ^x() { return 1; } }",
                        "is written by hand"),
                of(
                        "derived accessors",
                        "@Message record A(String name,\n ^int nameLength) {}",
                        "both name and nameLength give nameLength()"),
                of(
                        "presence accessors",
                        "@Message record A(@Nullable Integer name,\n ^boolean hasName) {}",
                        "give hasName()"),
                of("underscore", "@Message record A(\n ^int name_) {}", "name clash: name_ is kept"),
                of("hidden class", "@Message record A(\n ^int Wire) {}", "name clash: Wire is kept"),
                of(
                        "same simple name",
                        "static class P { @Message record A(int x) {} }\nstatic class Q {\n @Message ^record A(int x) {} }",
                        "name clash: app.M$P$A is a message of the same simple name"),
                of("class of that name", "@Message\n ^record B(int x) {} }\nclass BCodec {", "BCodec exists already"));
    }

    private static Arguments of(String name, String body, String message) {
        return Arguments.of(name, body, message);
    }

    private static String longs(int count) {
        return IntStream.range(0, count).mapToObj(i -> "long x" + i).collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void errorAtElement(String name, String body, String message) {
        int fault = body.indexOf('^');
        long line = FIRST_LINE
                + body.substring(0, fault).chars().filter(c -> c == '\n').count();
        Compiler.Result result = new Compiler(folder)
                .source("app/M.java", HEAD + body.replace("^", "") + "\n}\n")
                .compile();
        assertFalse(result.success(), name);
        Diagnostic<?> first = result.errors().stream()
                .filter(each -> each.getMessage(null).contains(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " gave " + result.diagnostics()));
        assertEquals(line, first.getLineNumber(), first.toString());
        assertTrue(first.getMessage(null).startsWith("@Message: "), first.toString());
    }

    @Test
    void mutualRecursionNamesTheWay() {
        Compiler.Result result = new Compiler(folder)
                .source(
                        "app/A.java",
                        "package app;\nimport org.talaria.message.*;\n@Message record A(int x,\n B b) {}\n")
                .source(
                        "app/B.java",
                        "package app;\nimport org.talaria.message.*;\n@Message record B(int x,\n A a) {}\n")
                .compile();
        assertFalse(result.success());
        assertTrue(
                result.errors().stream()
                        .anyMatch(each -> each.getMessage(null).contains("recursion: app.A holds itself through a")),
                result.errors().toString());
        assertTrue(
                result.errors().stream()
                        .anyMatch(each -> each.getMessage(null).contains("recursion: app.B holds itself through b")),
                result.errors().toString());
    }

    @Test
    void faultOfNestedRecordIsReportedOnce() {
        Compiler.Result result = new Compiler(folder)
                .source("app/A.java", "package app;\nimport org.talaria.message.*;\n@Message record A(B b) {}\n")
                .source("app/B.java", "package app;\nimport org.talaria.message.*;\n@Message record B(Object o) {}\n")
                .compile();
        assertEquals(
                1,
                result.errors().stream()
                        .filter(each -> each.getMessage(null).startsWith("@Message"))
                        .count(),
                result.errors().toString());
    }
}
