package org.talaria.tests.asks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Replies that are measured well and then cannot be written. Generated codecs do not throw; this one is made by hand, where the processor cannot see it. */
final class SpitefulReplies {
    private static final String REPLY = """
            package spite;

            @org.talaria.message.Message
            public record Spiteful(int lengthBytes) {}
            """;
    private static final String CODEC = """
            package spite;

            import org.talaria.message.Codec;
            import org.talaria.message.Schema;

            public final class SpitefulCodec extends Codec<Spiteful> {
                public static final SpitefulCodec INSTANCE = new SpitefulCodec();

                private SpitefulCodec() {
                    super(Spiteful.class, new Schema(99_999_937, "spite.Spiteful", "lengthBytes:int@0", 4, true));
                }

                @Override
                public int encodedLength(Spiteful message) {
                    return message.lengthBytes();
                }

                @Override
                public void encode(Spiteful message, long address) {
                    throw new IllegalStateException("on purpose: it cannot be written");
                }

                @Override
                public Spiteful decode(long address, int lengthBytes) {
                    return new Spiteful(lengthBytes);
                }
            }
            """;

    private final Class<?> type;

    SpitefulReplies(Path folder) {
        try {
            Path reply = Files.writeString(folder.resolve("Spiteful.java"), REPLY);
            Path codec = Files.writeString(folder.resolve("SpitefulCodec.java"), CODEC);
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager files =
                    compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
                boolean done = compiler.getTask(
                                null,
                                files,
                                null,
                                List.of(
                                        "-proc:none",
                                        "-d",
                                        folder.toString(),
                                        "-classpath",
                                        System.getProperty("java.class.path")),
                                null,
                                files.getJavaFileObjects(reply, codec))
                        .call();
                if (!done) {
                    throw new AssertionError("the reply's codec does not compile");
                }
            }
            URL[] path = {folder.toUri().toURL()};
            type = new URLClassLoader(path, SpitefulReplies.class.getClassLoader()).loadClass("spite.Spiteful");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** A reply that takes so many bytes and cannot be written. */
    Object of(int lengthBytes) {
        try {
            return type.getConstructor(int.class).newInstance(lengthBytes);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
