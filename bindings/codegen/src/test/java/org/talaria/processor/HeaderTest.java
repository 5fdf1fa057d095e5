package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C++ header: its text, its options, and what an incremental compilation makes of it. */
class HeaderTest {
    private static final String IMPORTS =
            "package app;\nimport org.jspecify.annotations.Nullable;\nimport org.talaria.message.*;\n";

    @TempDir
    Path folder;

    private Compiler compiler() {
        return new Compiler(folder)
                .option("-Xlint:-processing")
                .option("-Atalaria.header=" + folder.resolve("include"));
    }

    private Path header() {
        return folder.resolve("include").resolve("messages.h");
    }

    private Compiler trades() {
        return compiler()
                .source(
                        "app/Trade.java",
                        IMPORTS
                                + "@Message public record Trade(int id, double price, Venue venue, @Nullable String note) implements Request<Trade, Price> {}")
                .source(
                        "app/Venue.java",
                        IMPORTS
                                + "@Message public record Venue(short code, Kind kind) { public enum Kind { LIT, DARK } }")
                .source("app/Price.java", IMPORTS + "@Message public record Price(double value) {}");
    }

    @Test
    void structsStandBeforeWhatHoldsThem() {
        trades().compile().orFail();
        String text = Compiler.read(header());
        assertTrue(text.contains("struct alignas(8) Trade {\n  static constexpr int32_t schema_id = "), text);
        assertTrue(text.contains("""
                  int32_t id;
                  uint8_t padding_4_[4];
                  double price;
                  Venue venue;
                  talaria::tail note;
                  uint32_t presence_[1];
                  uint8_t padding_36_[4];
                """), text);
        assertTrue(text.contains("enum class Kind : int32_t { LIT, DARK };"), text);
        assertTrue(text.indexOf("struct alignas(8) Venue") < text.indexOf("struct alignas(8) Trade"), text);
        assertTrue(text.contains("static_assert(offsetof(Trade, note) == 24,"), text);
    }

    @Test
    void handlerOfTheReadmeCompiles() throws Exception {
        Cpp.assumeThere();
        new Compiler(folder)
                .option("-Atalaria.header=" + folder)
                .source(
                        "app/Trade.java",
                        IMPORTS
                                + "@Message public record Trade(double price, double size) implements Request<Trade, Price> {}")
                .source("app/Price.java", IMPORTS + "@Message public record Price(double value) {}")
                .compile()
                .orFail();
        Files.writeString(folder.resolve("handler.cpp"), """
                #include <talaria/handler.h>
                #include "messages.h"
                struct Vwap {
                  double value = 0, volume = 0;
                  void operator()(const Trade& t, talaria::context& c) { volume += t.size; value += t.price * t.size; (void)c.reply(t, Price{value / volume}); }
                };
                TALARIA_HANDLER(vwap, Vwap, Trade)
                int main() { return 0; }
                """);
        Cpp.run(folder, Cpp.compile(folder, "handler.cpp", "handler").toString());
    }

    @Test
    void namesThatCppDoesNotTakeGetAnUnderscore() throws Exception {
        Cpp.assumeThere();
        new Compiler(folder)
                .option("-Atalaria.header=" + folder)
                .source("app/M.java", IMPORTS + """
                        public class M {
                          public enum Kind { NULL, register, plain }
                          @Message public record union(int delete, Kind Kind, boolean[] template, int schema_id, @Nullable Long operator) {}
                          @Message public record Empty() {}
                        }
                        """)
                .compile()
                .orFail();
        Files.writeString(folder.resolve("names.cpp"), """
                #include <type_traits>
                #include "messages.h"
                static_assert(std::is_standard_layout_v<union_> && std::is_trivially_copyable_v<union_> && std::is_empty_v<Empty>);
                int main() {
                  union_ u{};
                  u.delete_ = 1; u.Kind_ = Kind::register_; u.schema_id_ = 2; u.operator_ = 3; u.set_has_operator(true);
                  return u.template_size() == 0 && u.has_operator() && Empty::fixed_length == 0 ? 0 : 1;
                }
                """);
        Cpp.run(folder, Cpp.compile(folder, "names.cpp", "names").toString());
    }

    @Test
    void optionsNameFileAndNamespace() {
        trades().option("-Atalaria.header.name=feed.hpp")
                .option("-Atalaria.header.namespace=acme::feed")
                .compile()
                .orFail();
        String text = Compiler.read(folder.resolve("include/feed.hpp"));
        assertTrue(text.contains("namespace acme::feed {\n/** app.Trade */"), text);
        assertTrue(text.contains("#ifndef TALARIA_GENERATED_FEED_HPP"), text);
    }

    @Test
    void twoOfOneNameNeedNamespaces() throws Exception {
        Compiler compiler = trades().source(
                        "app/two/Price.java",
                        "package app.two;\nimport org.talaria.message.*;\n@Message public record Price(app.Venue venue) {}");
        Compiler.Result refused = compiler.compile();
        assertFalse(refused.success());
        assertTrue(
                refused.errors()
                        .get(0)
                        .getMessage(null)
                        .contains(
                                "app.Price and app.two.Price are both Price: rename one, or set -Atalaria.header.namespace=package"),
                refused.errors().toString());
        compiler.option("-Atalaria.header.namespace=package").compile().orFail();
        Cpp.assumeThere();
        Files.writeString(
                folder.resolve("include/both.cpp"),
                "#include \"messages.h\"\nint main() { return static_cast<int>(sizeof(app::two::Price) - sizeof(app::Venue)); }\n");
        Cpp.run(
                folder,
                Cpp.compile(folder.resolve("include"), "both.cpp", "both").toString());
    }

    @Test
    void incrementalCompilationKeepsTheOthers() {
        trades().compile().orFail();
        String whole = Compiler.read(header());
        compiler().compile("app/Price.java").orFail();
        assertEquals(whole, Compiler.read(header()));
        compiler()
                .source("app/Price.java", IMPORTS + "@Message public record Price(float value, int count) {}")
                .compile("app/Price.java")
                .orFail();
        String changed = Compiler.read(header());
        assertTrue(changed.contains("float value;"), changed);
        assertTrue(changed.contains("struct alignas(8) Trade"), changed);
    }

    @Test
    void nestedMessageOfClassFilesHasItsOwnLayout() {
        Compiler first = compiler()
                .source(
                        "app/Inner.java",
                        IMPORTS
                                + "@Message public record Inner(@Nullable String text, @Fixed(2) int[] pair, int... rest) {}");
        first.compile().orFail();
        Compiler.Result result = compiler()
                .source("app/Outer.java", IMPORTS + "@Message public record Outer(Inner inner) {}")
                .compile("app/Outer.java")
                .orFail();
        assertTrue(
                result.source("app/OuterCodec.java")
                        .contains("\"inner:{text:string?192@0;pair:i32[2]@8;rest:i32[]@16#32}@0#32\""),
                result.source("app/OuterCodec.java"));
    }

    @Test
    void nestedMessageWithoutCodecIsRefused() throws IOException {
        compiler()
                .source("app/Inner.java", IMPORTS + "@Message public record Inner(int x) {}")
                .compile()
                .orFail();
        Files.delete(folder.resolve("classes/app/InnerCodec.class"));
        Compiler.Result result = compiler()
                .source("app/Outer.java", IMPORTS + "@Message public record Outer(Inner inner) {}")
                .compile("app/Outer.java");
        assertTrue(
                result.errors()
                        .toString()
                        .contains("message app.Inner has no app.InnerCodec: compile it with the annotation processor"),
                result.errors().toString());
    }

    @Test
    void recordThatIsGoneLeavesTheHeader() throws IOException {
        trades().compile().orFail();
        Files.delete(folder.resolve("classes/app/Trade.class"));
        compiler().compile("app/Price.java").orFail();
        String text = Compiler.read(header());
        assertFalse(text.contains("Trade"), text);
        assertTrue(text.contains("struct alignas(8) Venue"), text);
    }

    @Test
    void unchangedHeaderIsNotTouched() throws IOException {
        trades().compile().orFail();
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(header(), old);
        trades().compile().orFail();
        assertEquals(old, Files.getLastModifiedTime(header()));
    }

    @Test
    void folderThatCannotBeWrittenIsAnError() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        Compiler.Result result = new Compiler(folder)
                .option("-Atalaria.header=" + folder.resolve("file"))
                .source("app/Price.java", IMPORTS + "@Message public record Price(double value) {}")
                .compile();
        assertFalse(result.success());
        assertTrue(
                result.errors().toString().contains("cannot write the header of -Atalaria.header"),
                result.errors().toString());
    }

    @Test
    void noHeaderAfterAnError() {
        trades().source("app/Bad.java", IMPORTS + "@Message record Bad(Object it) {}")
                .compile();
        assertFalse(Files.exists(header()));
    }
}
