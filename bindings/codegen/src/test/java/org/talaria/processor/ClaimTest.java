package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.EngineKind;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.Handler;
import org.talaria.internal.memory.Mem;
import org.talaria.message.Codec;
import org.talaria.message.View;

/** Claims, through a running engine: what is told component by component arrives as the record, in the same bytes. */
class ClaimTest {
    private static final String SOURCE = """
            package app;
            import java.util.*;
            import org.jspecify.annotations.Nullable;
            import org.talaria.*;
            import org.talaria.actor.*;
            import org.talaria.message.*;
            public final class Program {
                private Program() {}
                public enum Side { BUY, SELL }
                @Message public record Point(double x, double y) {}
                @Message public record Note(String text, byte @Nullable [] data) {}
                @Message public record All(byte b, String name, Side side, UUID id, Address at, Point point, Note note, @Fixed(2) int[] pair, Point[] path, float[] xs,
                        boolean[] bits, @Nullable Long number, @Nullable String title, @Nullable Point spare) implements Request<All, Note> {}

                static final UUID ID = new UUID(3, 4);
                static final Point[] PATH = {new Point(1, 2), new Point(3, 4)};

                public static All full() {
                    return new All((byte) 7, "Zürich", Side.SELL, ID, new Address(5, 6), new Point(8, 9), new Note("hi", new byte[] {1, 2, 3}), new int[] {10, 11}, PATH,
                            new float[] {1.5f}, new boolean[] {true, false}, 12L, "", new Point(13, 14));
                }
                public static All sparse() {
                    return new All((byte) 0, "", Side.BUY, new UUID(0, 0), new Address(0, 0), new Point(0, 0), new Note("", null), new int[2], new Point[0],
                            new float[0], new boolean[0], null, null, null);
                }
                public static void tellBoth(Ref<All> to) {
                    All m = full();
                    AllClaim.tell(to, m.b(), m.name(), m.side(), m.id(), m.at(), m.point(), m.note(), m.pair(), m.path(), m.xs(), m.bits(), m.number(), m.title(), m.spare()).orThrow();
                    m = sparse();
                    AllClaim.tell(to, m.b(), m.name(), m.side(), m.id(), m.at(), m.point(), m.note(), m.pair(), m.path(), m.xs(), m.bits(), m.number(), m.title(), m.spare()).orThrow();
                }
                private static AllClaim set(AllClaim claim) {
                    return claim.b((byte) 7).name("Zürich").side(Side.SELL).id(3L, 4L).at_(5, 6).point(8, 9).note(new Note("hi", new byte[] {1, 2, 3}))
                            .pair(new int[] {9, 10, 11}, 1, 2).path(PATH).xs(new float[] {0, 1.5f}, 1, 1).bits(new boolean[] {true, false}).number(12).title("").spare(13, 14);
                }
                public static void claimBoth(Ref<All> to) {
                    try (AllClaim claim = AllClaim.of(to)) { set(claim).commit().orThrow(); }
                    try (AllClaim claim = AllClaim.of(to)) { claim.spare(PATH[0]).spare(null).number(1).title(null).commit().orThrow(); }
                }
                public static void batch(Ref<All> to) {
                    try (AllClaim claim = AllClaim.batch(to, 3)) {
                        set(claim.next());
                        claim.next();
                        set(claim.next());
                        claim.commit().orThrow();
                    }
                }
                public static void noteTwice(Ref<All> to) {
                    try (AllClaim claim = AllClaim.of(to)) {
                        try { claim.name("a").name("b"); } finally { claim.abort(); }
                    }
                }
                public static void badTell(Ref<All> to) {
                    All m = full();
                    AllClaim.tell(to, m.b(), m.name(), m.side(), m.id(), m.at(), m.point(), m.note(), new int[3], m.path(), m.xs(), m.bits(), null, null, null).orThrow();
                }
                public static ActorRef<All> actor(Talaria talaria, Handler<AllView> handler) { return talaria.actor("all", AllView.TYPE, handler); }
                public static String call(Talaria talaria) {
                    ActorRef<All> ref = talaria.actor("answer", AllView.TYPE, (view, context) ->
                            context.reply(view, new Note(view.name() + view.path(1).y() + view.hasSpare(), null)).orThrow());
                    All m = full();
                    NoteView reply = NoteView.own();
                    AllClaim.callInto(ref, m.b(), m.name(), m.side(), m.id(), m.at(), m.point(), m.note(), m.pair(), m.path(), m.xs(), m.bits(), m.number(), m.title(), m.spare(), reply)
                            .orThrow();
                    return reply.text() + reply.hasData();
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void claimsGiveTheBytesOfTheRecord() throws Exception {
        try (URLClassLoader loader = new Compiler(folder)
                        .source("app/Program.java", SOURCE)
                        .compile()
                        .orFail()
                        .loader();
                Talaria talaria = Talaria.open(
                        TalariaConfig.config().engine(EngineKind.JAVA).invoker())) {
            Program program = new Program(Class.forName("app.Program", true, loader), talaria);
            byte[] full = program.encoded("full");
            byte[] sparse = program.encoded("sparse");
            program.expect("tellBoth", List.of(full, sparse));
            // A component that was set and taken out again leaves nothing behind; one that was set to a primitive
            // stays.
            program.run("claimBoth");
            assertEquals(hex(full), hex(program.received.get(0)));
            assertEquals(sparse.length, program.received.get(1).length);
            program.expect("batch", List.of(full, sparse, full));
            assertEquals(
                    "Zürich4.0truefalse",
                    program.type.getMethod("call", Talaria.class).invoke(null, talaria));
        }
    }

    @Test
    void faultsAreFoundBeforeAnythingIsClaimed() throws Exception {
        try (URLClassLoader loader = new Compiler(folder)
                        .source("app/Program.java", SOURCE)
                        .compile()
                        .orFail()
                        .loader();
                Talaria talaria = Talaria.open(
                        TalariaConfig.config().engine(EngineKind.JAVA).invoker())) {
            Program program = new Program(Class.forName("app.Program", true, loader), talaria);
            assertEquals(
                    "app.Program$All.name is set already: a claim takes each variable component once",
                    program.failure("noteTwice"));
            assertEquals("app.Program$All.pair has 3 elements: it is declared @Fixed(2)", program.failure("badTell"));
            program.expect("tellBoth", List.of(program.encoded("full"), program.encoded("sparse")));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The compiled program, with an actor that keeps the bytes it gets. */
    private static final class Program {
        private final Class<?> type;
        private final Talaria talaria;
        private final Object ref;
        private final List<byte[]> received = new ArrayList<>();

        Program(Class<?> type, Talaria talaria) throws ReflectiveOperationException {
            this.type = type;
            this.talaria = talaria;
            Handler<View<?>> handler = view -> received.add(bytes(view));
            this.ref = type.getMethod("actor", Talaria.class, Handler.class).invoke(null, talaria, handler);
        }

        void run(String method) throws ReflectiveOperationException {
            received.clear();
            type.getMethod(method, Ref.class).invoke(null, ref);
            while (talaria.invoke() > 0) {
                // Until all is handled.
            }
        }

        void expect(String method, List<byte[]> messages) throws ReflectiveOperationException {
            run(method);
            assertEquals(
                    messages.stream().map(ClaimTest::hex).toList(),
                    received.stream().map(ClaimTest::hex).toList());
        }

        String failure(String method) throws ReflectiveOperationException {
            try {
                type.getMethod(method, Ref.class).invoke(null, ref);
                return "none";
            } catch (InvocationTargetException e) {
                return e.getCause().getMessage();
            }
        }

        @SuppressWarnings("unchecked")
        byte[] encoded(String method) throws ReflectiveOperationException {
            Object message = type.getMethod(method).invoke(null);
            return Bytes.encode(Codec.of((Class<Object>) message.getClass()), message);
        }

        private static byte[] bytes(View<?> view) throws ReflectiveOperationException {
            Class<?> place = Class.forName(View.class.getPackageName() + ".ViewPlace");
            var address = place.getDeclaredField("address");
            var length = place.getDeclaredField("lengthBytes");
            address.setAccessible(true);
            length.setAccessible(true);
            byte[] bytes = new byte[length.getInt(view)];
            Mem.copyToArray(address.getLong(view), bytes, 0, bytes.length);
            return bytes;
        }
    }
}
