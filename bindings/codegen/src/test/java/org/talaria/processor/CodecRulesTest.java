package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.TalariaException;
import org.talaria.message.Codec;

/** Rules of codecs that random values do not reach. */
class CodecRulesTest {
    private static final String SOURCE = """
            package app;
            import java.util.UUID;
            import org.jspecify.annotations.Nullable;
            import org.talaria.message.*;
            public class M {
                public enum Side { BUY, SELL }
                @Message public record Text(String text) {}
                @Message public record Fixes(@Fixed(2) int[] pair) {}
                @Message public record Sides(Side[] sides) {}
                @Message public record Positive(int x) {
                    public Positive { if (x <= 0) throw new IllegalArgumentException("x must be positive"); }
                }
                @Message public record Holder(byte b, Positive inner, @Nullable String note) {}
                @Message public record Bit(boolean bit) {}
            }
            """;

    @TempDir
    Path folder;

    private URLClassLoader loader;

    @BeforeEach
    void compile() {
        loader = new Compiler(folder)
                .source("app/M.java", SOURCE)
                .compile()
                .orFail()
                .loader();
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    @Test
    void exactBytes() throws Exception {
        assertEquals("0800000005000000" + "68656c6c6f000000", hex("Text", "hello"));
        assertEquals("0000000000000000", hex("Text", ""));
        assertEquals("0100000002000000", hex("Fixes", new int[] {1, 2}));
        assertEquals(
                "0700000000000000" + "0100000000000000" + "2000000002000000" + "0100000000000000" + "6869000000000000",
                hex("Holder", (byte) 7, message("Positive", 1), "hi"));
        assertEquals(
                "0700000000000000" + "0100000000000000" + "0000000000000000" + "0000000000000000",
                hex("Holder", (byte) 7, message("Positive", 1), null));
    }

    @Test
    void textIsWrittenAsTheJdkWouldEvenIfItIsMalformed() throws Exception {
        for (String text :
                new String[] {"\uD800", "a\uDC00b", "\uD83D\uDEEB\uD83D", "\u07FF\u0800", "é\uD800é", "\uDEEB\uD83D"}) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Bytes.encode(codec("Text"), message("Text", text));
            byte[] tail = new byte[utf8.length];
            System.arraycopy(bytes, 8, tail, 0, tail.length);
            assertArrayEquals(utf8, tail);
            assertEquals(utf8.length, bytes[4]);
        }
    }

    @Test
    void nullIsRefusedNamingTheComponent() throws Exception {
        NullPointerException e = assertThrows(NullPointerException.class, () -> hex("Text", (Object) null));
        assertTrue(
                e.getMessage()
                        .startsWith("app.M$Text.text is null: give it a value, or declare the component @Nullable"),
                e.getMessage());
        Object sides = Array.newInstance(Class.forName("app.M$Side", true, loader), 1);
        e = assertThrows(NullPointerException.class, () -> hex("Sides", sides));
        assertTrue(e.getMessage().startsWith("an element of app.M$Sides.sides is null"), e.getMessage());
    }

    @Test
    void fixedArrayOfAnotherLengthIsRefused() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> hex("Fixes", new int[3]));
        assertEquals("app.M$Fixes.pair has 3 elements: it is declared @Fixed(2)", e.getMessage());
    }

    @Test
    void whatTheConstructorRefusesIsDamage() throws Exception {
        byte[] bytes = new byte[8];
        TalariaException e = assertThrows(TalariaException.class, () -> Bytes.with(bytes, codec("Positive")::decode));
        assertTrue(e.getMessage().contains("app.M$Positive: its constructor refused what was read"), e.getMessage());
        assertTrue(e.getMessage().contains("x must be positive"), e.getMessage());
        e = assertThrows(TalariaException.class, () -> Bytes.with(new byte[32], codec("Holder")::decode));
        assertTrue(e.getMessage().contains("app.M$Positive"), e.getMessage());
    }

    @Test
    void damageNamesTheComponent() throws Exception {
        byte[] outside = HexFormat.of().parseHex("0800000009000000" + "68656c6c6f000000");
        TalariaException e = assertThrows(TalariaException.class, () -> Bytes.with(outside, codec("Text")::decode));
        assertTrue(
                e.getMessage().startsWith("app.M$Text.text: damaged message: a tail of 9 bytes at 8"), e.getMessage());
        for (String descriptor : new String[] {
            "0000000005000000", "0900000005000000", "08000000ffffffff", "f8ffffff10000000", "ffffff7fffffff7f"
        }) {
            byte[] bytes = HexFormat.of().parseHex(descriptor + "68656c6c6f000000");
            assertThrows(TalariaException.class, () -> Bytes.with(bytes, codec("Text")::decode), descriptor);
        }
        byte[] ordinal = HexFormat.of().parseHex("0800000004000000" + "0200000000000000");
        e = assertThrows(TalariaException.class, () -> Bytes.with(ordinal, codec("Sides")::decode));
        assertTrue(e.getMessage().contains("app.M$Sides.sides: damaged message: ordinal 2 of 2"), e.getMessage());
        byte[] odd = HexFormat.of().parseHex("0800000006000000" + "0100000000000000");
        assertThrows(TalariaException.class, () -> Bytes.with(odd, codec("Sides")::decode));
    }

    @Test
    void anyByteButZeroIsTrue() throws Exception {
        Object read = Bytes.with(HexFormat.of().parseHex("0200000000000000"), codec("Bit")::decode);
        assertEquals(message("Bit", true), read);
    }

    private String hex(String record, @Nullable Object... components) throws Exception {
        return HexFormat.of().formatHex(Bytes.encode(codec(record), message(record, components)));
    }

    private Object message(String record, @Nullable Object... components) throws Exception {
        Constructor<?> constructor =
                Class.forName("app.M$" + record, true, loader).getDeclaredConstructors()[0];
        return constructor.newInstance(components);
    }

    @SuppressWarnings("unchecked")
    private Codec<Object> codec(String record) throws Exception {
        return (Codec<Object>) Class.forName("app." + record + "Codec", true, loader)
                .getField("INSTANCE")
                .get(null);
    }
}
