package org.talaria.journal.app;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.talaria.message.Fixed;
import org.talaria.message.Message;

/** Messages with every kind of field. */
public final class Everything {
    private Everything() {}

    /** An enum. */
    public enum Side {
        BUY,
        SELL
    }

    /** A nested record. */
    @Message
    public record Point(double x, float y) {}

    /** All of them. */
    @Message
    public record All(
            boolean flag,
            byte small,
            short less,
            char letter,
            int number,
            long large,
            float real,
            double precise,
            UUID uuid,
            Side side,
            Point point,
            @Fixed(2) int[] pair,
            Point[] points,
            long @Nullable [] longs,
            String text,
            @Nullable String note,
            @Nullable Integer maybe) {}

    /** Nothing. */
    @Message
    public record Nothing() {}
}
