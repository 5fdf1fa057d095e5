package org.talaria.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A flyweight over a message of M where it lies: in a ring, valid inside the handler that got it, on its thread; or in memory of the view's own
 * ({@link #ownMemory}), filled by {@code callInto}. One that is kept and used later is on no message, or on another: {@link #copy} what must stay.
 *
 * @param <M> the message
 */
public abstract class View<M> extends ViewPaddingBehind {
    private @Nullable ByteBuffer own;

    /** For generated code. */
    protected View() {}

    /** The message as a record. */
    public abstract M copy();

    /** The codec of the message. */
    public abstract Codec<M> codec();

    /** Puts this view on a message; for the engine and for readers of raw memory. The caller answers for address and length. */
    public final void wrap(long address, int lengthBytes) {
        this.address = address;
        this.lengthBytes = lengthBytes;
    }

    /** Memory of the view's own of at least {@code lengthBytes}; grows as needed. The view is put on it. */
    public final long ownMemory(int lengthBytes) {
        ByteBuffer memory = own;
        if (memory == null || memory.capacity() < lengthBytes) {
            memory = ByteBuffer.allocateDirect(Math.max(256, lengthBytes)).order(ByteOrder.LITTLE_ENDIAN);
            own = memory;
        }
        wrap(BufferUtil.address(memory), lengthBytes);
        return address;
    }

    /** The address, checked. For generated accessors. @throws IllegalStateException outside the handler that got the view */
    protected final long at() {
        if (address == 0) {
            throw new IllegalStateException(
                    "this view is on no message: it is valid only inside the handler that got it; copy() what must stay");
        }
        return address;
    }
}
