package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/**
 * R11: a message whose accessor sends. The processor refuses it, where it can tell (javac; not ecj, not an environment that a tool wraps); where it could not, the send inside throws, and
 * the send around it leaves no claim open, which would stop its shard for everybody.
 */
class SendingAccessorTest {
    private static final String RECORD = """
            package sending;

            @org.talaria.message.Message
            public record Sending(Runnable inside) {}
            """;
    /** What the processor writes, but that the accessor is called in between. */
    private static final String CODEC = """
            package sending;

            import org.talaria.message.Codec;
            import org.talaria.message.Schema;
            import org.talaria.message.Wire;

            public final class SendingCodec extends Codec<Sending> {
                public static final SendingCodec INSTANCE = new SendingCodec();

                private SendingCodec() {
                    super(Sending.class, new Schema(99_999_931, "sending.Sending", "a:i32@0;b:i32@4#8", 8, false));
                }

                @Override
                public int encodedLength(Sending message) {
                    return 8;
                }

                @Override
                public void encode(Sending message, long address) {
                    Wire.putInt(address, 1);
                    message.inside().run();
                    Wire.putInt(address + 4, 2);
                }

                @Override
                public Sending decode(long address, int lengthBytes) {
                    if (Wire.getInt(address) != 1 || Wire.getInt(address + 4) != 2) {
                        throw new IllegalStateException("half a message");
                    }
                    return new Sending(() -> {});
                }
            }
            """;

    @TempDir
    static Path folder;

    private static Class<Object> type;

    private Talaria talaria;
    private ActorRef<Object> target;
    private final AtomicInteger whole = new AtomicInteger();
    private final List<Integer> noted = Collections.synchronizedList(new ArrayList<>());

    /** Without the processor. */
    @BeforeAll
    @SuppressWarnings("unchecked")
    static void compile() throws IOException, ClassNotFoundException {
        Path message = Files.writeString(folder.resolve("Sending.java"), RECORD);
        Path codec = Files.writeString(folder.resolve("SendingCodec.java"), CODEC);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        List<String> options = List.of("-proc:none", "-d", folder.toString(), "-classpath", classPath);
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            assertTrue(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(message, codec))
                    .call());
        }
        URL[] path = {folder.toUri().toURL()};
        ClassLoader loader = new URLClassLoader(path, SendingAccessorTest.class.getClassLoader());
        type = (Class<Object>) loader.loadClass("sending.Sending");
    }

    private static Object sending(Runnable inside) {
        try {
            return type.getConstructor(Runnable.class).newInstance(inside);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private ActorRef<Note> open(Fabric fabric, int shardOfOther) {
        talaria = fabric.open(config -> config.shards(2));
        target = talaria.with(ActorOptions.options().onShard(0))
                .actor("target", type, message -> whole.incrementAndGet());
        return talaria.with(ActorOptions.options().onShard(shardOfOther))
                .actor("other", Note.class, note -> noted.add(note.number()));
    }

    /** Nothing of what failed is in the way of what comes behind it, of this thread and of others. */
    private void goesOn(ActorRef<Note> other, Runnable around) {
        TalariaException refused = assertThrows(TalariaException.class, around::run);
        assertTrue(refused.getMessage().contains("while another is written"), refused.getMessage());
        target.tell(sending(() -> {})).orThrow();
        other.tell(new Note(-1)).orThrow();
    }

    private void byAThread(Fabric fabric, boolean batch) {
        for (int shard = 0; shard < 2; shard++) {
            whole.set(0);
            noted.clear();
            ActorRef<Note> other = open(fabric, shard);
            // Like one before: claimed another way
            other.tell(new Note(1)).orThrow();
            other.tell(new Note(2)).orThrow();
            goesOn(other, around(other, batch));
            Fabric.settle(talaria);
            assertEquals(List.of(1, 2, -1), noted);
            // Of a batch what was written before it is whole
            assertEquals(batch ? 2 : 1, whole.get());
            talaria.close();
        }
    }

    private Runnable around(ActorRef<Note> other, boolean batch) {
        Object plain = sending(() -> {});
        // Many: what is gathered in a turn moves as it grows
        Object bad = sending(() -> {
            for (int i = 0; i < 1_000; i++) {
                other.tell(new Note(100)).orThrow();
            }
        });
        return () -> {
            if (batch) {
                target.tellAll(List.of(plain, bad, plain)).orThrow();
            } else {
                target.tell(bad).orThrow();
            }
        };
    }

    private void byAHandler(Fabric fabric, boolean batch) {
        for (int shard = 0; shard < 2; shard++) {
            whole.set(0);
            noted.clear();
            ActorRef<Note> other = open(fabric, shard);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            ActorRef<Note> sender = talaria.actor("sender", Note.class, note -> {
                try {
                    goesOn(other, around(other, batch));
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            sender.tell(new Note(1)).orThrow();
            Fabric.settle(talaria);
            assertEquals(null, thrown.get());
            assertEquals(List.of(-1), noted);
            assertEquals(batch ? 2 : 1, whole.get());
            talaria.close();
        }
    }

    @BothEngines
    void aThreadThatTells(Fabric fabric) {
        byAThread(fabric, false);
    }

    @BothEngines
    void aThreadThatTellsABatch(Fabric fabric) {
        byAThread(fabric, true);
    }

    @BothEngines
    void aHandlerThatTells(Fabric fabric) {
        byAHandler(fabric, false);
    }

    @BothEngines
    void aHandlerThatTellsABatch(Fabric fabric) {
        byAHandler(fabric, true);
    }
}
