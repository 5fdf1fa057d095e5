package org.talaria.internal.engine;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.talaria.actor.Snapshot;

/** Takes the bytes of a {@link Snapshot}, with as much room as it needs. */
public final class Snapshots {
    private static final int FIRST_BYTES = 4 << 10;

    private Snapshots() {}

    /** The state's bytes. */
    public static byte[] bytes(Snapshot snapshot) {
        int room = FIRST_BYTES;
        while (true) {
            ByteBuffer buffer = ByteBuffer.allocate(room);
            try {
                snapshot.write(buffer);
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                return bytes;
            } catch (BufferOverflowException e) {
                room = Math.multiplyExact(room, 4);
            }
        }
    }
}
