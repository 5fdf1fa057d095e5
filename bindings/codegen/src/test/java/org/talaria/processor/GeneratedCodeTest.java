package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated sources: what they offer, that they compile without a warning, and that the same sources give the same text. */
class GeneratedCodeTest {
    private static final String MESSAGES = """
            package app;
            import org.jspecify.annotations.Nullable;
            import org.talaria.message.*;
            public final class Messages {
                private Messages() {}
                public enum Side { BUY, SELL { @Override public String toString() { return "sell"; } } }
                @Message public record Add(double a, double b) implements Request<Add, Sum> {}
                @Message public record Sum(double value) {}
                public sealed interface AccountCommand permits Deposit, GetBalance {}
                @Message public record Deposit(long cents) implements AccountCommand {}
                @Message public record GetBalance() implements AccountCommand, Request<GetBalance, Balance> {}
                @Message public record Balance(long cents) {}
                @Message public record Order(int size, Side side, String client) {}
                @Message public record Fix(int id, @Nullable Double price, @Nullable String note) {}
                @Message public record Point(double x, double y) {}
                @Message public record Path(@Fixed(2) int[] ends, Point[] points) {}
                @Message public record Small(byte a, short b, boolean c, char d, float e, @Fixed(3) byte[] f) {}
                @Message public record Moved(java.util.UUID id, Address at, Point to) {}
                @Message record Hidden(int x) {}
            }
            """;

    private static final String USES = """
            package app;
            import app.Messages.*;
            import java.util.UUID;
            import org.talaria.*;
            import org.talaria.message.*;
            final class Uses {
                private Uses() {}
                static double all(ActorRef<Add> adder, Ref<Object> any, UUID id, Address address) {
                    AddClaim.tell(adder, 1, 2).orThrow();
                    AddClaim.tell(any, 1, 2).orThrow();
                    Outcome outcome;
                    try (AddClaim claim = AddClaim.of(adder)) { outcome = claim.a(1).b(2).commit(); }
                    try (AddClaim batch = AddClaim.batch(adder, 512)) {
                        for (int i = 0; i < 512; i++) batch.next().a(i).b(i);
                        batch.commit().orThrow();
                    }
                    SumView sum = SumView.own();
                    double total = outcome.accepted() && AddClaim.callInto(adder, 1, 2, sum).accepted() ? sum.value() : 0;
                    Asked<Sum> asked = AddView.TYPE.newView();
                    ViewType<Add, AddView> type = AddView.TYPE;
                    Codec<Add> codec = AddCodec.INSTANCE;
                    try (MovedClaim claim = MovedClaim.of(any)) {
                        claim.id(id).id(1L, 2L).at_(address).at_(1, 2).to(new Point(1, 2)).to(1, 2).commit().orThrow();
                    }
                    try (PathClaim claim = PathClaim.of(any)) { claim.ends(new int[9], 3, 2).points(new Point[0]).commit().orThrow(); }
                    try (FixClaim claim = FixClaim.of(any)) { claim.id(1).price(2.5).note(null).commit().orThrow(); }
                    MovedView moved = MovedView.own();
                    HiddenView hidden = HiddenView.own();
                    return total + asked.hashCode() + type.hashCode() + codec.schema().id() + moved.to().x() + moved.at_().index() + hidden.x();
                }
            }
            """;

    @TempDir
    Path folder;

    private Compiler compiler() {
        return new Compiler(folder).source("app/Messages.java", MESSAGES).source("app/Uses.java", USES);
    }

    @Test
    void compilesWithoutWarningsAndHasTheShapeOfTheApi() {
        Compiler.Result result = compiler().compile();
        assertEquals("[]", result.diagnostics().toString());
        assertTrue(result.success());
    }

    @Test
    void isFreeOfDoclintFaultsToo() {
        assertEquals(
                "[]",
                compiler()
                        .option("-Xdoclint:all,-missing")
                        .compile()
                        .diagnostics()
                        .toString());
    }

    @Test
    void layoutTextsAreThoseOfTheDocument() throws Exception {
        Compiler.Result result = compiler().compile().orFail();
        assertEquals("a:f64@0;b:f64@8#16", constant(result, "Add", "LAYOUT"));
        assertEquals("#0", constant(result, "GetBalance", "LAYOUT"));
        assertEquals(
                "size:i32@0;side:enum(app.Messages$Side|BUY,SELL)@4;client:string@8#16",
                constant(result, "Order", "LAYOUT"));
        assertEquals("id:i32@0;price:f64?192@8;note:string?193@16#32", constant(result, "Fix", "LAYOUT"));
        assertEquals("ends:i32[2]@0;points:{x:f64@0;y:f64@8#16}[]@8#16", constant(result, "Path", "LAYOUT"));
        assertEquals("a:i8@0;b:i16@2;c:bool@4;d:char@6;e:f32@8;f:i8[3]@12#16", constant(result, "Small", "LAYOUT"));
        assertEquals("id:uuid@0;at:addr@16;to:{x:f64@0;y:f64@8#16}@24#40", constant(result, "Moved", "LAYOUT"));
        assertEquals("app.Messages$Add", constant(result, "Add", "NAME"));
    }

    @Test
    void visibilityIsThatOfTheRecord() {
        Compiler.Result result = compiler().compile().orFail();
        assertTrue(
                result.source("app/AddCodec.java").contains("public final class AddCodec extends Codec<Messages.Add>"));
        assertFalse(result.source("app/HiddenCodec.java").contains("public final class"));
        assertFalse(result.source("app/HiddenView.java").contains("public final class"));
        assertFalse(result.source("app/HiddenClaim.java").contains("public final class"));
    }

    @Test
    void sameSourcesGiveTheSameText(@TempDir Path other) {
        Compiler.Result first = compiler().compile().orFail();
        Compiler.Result second = new Compiler(other)
                .source("app/Uses.java", USES)
                .source("app/Messages.java", MESSAGES)
                .compile()
                .orFail();
        for (String name : new String[] {"AddCodec", "FixView", "PathClaim"}) {
            assertEquals(first.source("app/" + name + ".java"), second.source("app/" + name + ".java"));
        }
    }

    @Test
    void recordsMayBeCompiledAgainOverWhatIsThere() {
        compiler().compile().orFail();
        // javac warns under -Xlint:processing of every class that a processor generates again.
        assertEquals(
                "[]",
                compiler().option("-Xlint:-processing").compile().diagnostics().toString());
        assertEquals(
                "[]",
                compiler()
                        .option("-Xlint:-processing")
                        .compile("app/Messages.java")
                        .diagnostics()
                        .toString());
    }

    @Test
    void recordsOfThePackageWithoutNameAreMessagesToo() {
        Compiler.Result result = new Compiler(folder)
                .source("Plain.java", "import org.talaria.message.*;\n@Message record Plain(int x, String text) {}\n")
                .compile();
        assertEquals("[]", result.diagnostics().toString());
    }

    private static Object constant(Compiler.Result result, String record, String name) throws Exception {
        try (var loader = result.loader()) {
            return Class.forName("app." + record + "Codec", true, loader)
                    .getField(name)
                    .get(null);
        }
    }
}
