package org.talaria.examples.flights.actor;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.talaria.actor.Snapshot;
import org.talaria.examples.flights.message.StatePart;
import org.talaria.examples.flights.message.StateQuery;

/** A state as bytes: whole, or in parts that fit a message. */
public final class StateBytes {
    private static final int FIRST_BYTES = 4 << 10;
    private static final int PART_BYTES = 32 << 10;

    private StateBytes() {}

    /** What a snapshot writes. */
    public static byte[] of(Snapshot snapshot) {
        for (int room = FIRST_BYTES; ; room = Math.multiplyExact(room, 4)) {
            ByteBuffer buffer = ByteBuffer.allocate(room);
            try {
                snapshot.write(buffer);
                return Arrays.copyOf(buffer.array(), buffer.position());
            } catch (BufferOverflowException e) {
                // Too little room: again with more.
                continue;
            }
        }
    }

    static StatePart part(byte[] state, StateQuery query) {
        int to = Math.min(state.length, query.from() + PART_BYTES);
        return new StatePart(state.length, Arrays.copyOfRange(state, query.from(), to));
    }
}
