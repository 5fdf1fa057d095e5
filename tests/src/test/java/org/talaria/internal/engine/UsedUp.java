package org.talaria.internal.engine;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;

/** Brings senders to the end of their sequence without two thousand million messages; in the engine's package to do so. For an engine that is quiet. */
public final class UsedUp {
    private UsedUp() {}

    /** Leaves the calling thread so many sequence numbers. */
    public static void thread(Talaria talaria, int left) {
        try {
            Field sequence = Sender.class.getDeclaredField("sequence");
            sequence.setAccessible(true);
            sequence.setInt(((Engine) talaria).senders().current(), Integer.MAX_VALUE - left);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the thread's sender has no sequence", e);
        }
    }

    /** Leaves an endpoint so many sequence numbers. */
    public static void endpoint(ActorRef<?> ref, int left) {
        long row = ((BaseRef<?>) ref).cell().row();
        Mem.putLong(row + EndpointDescriptor.SEQUENCE_OFFSET, Integer.MAX_VALUE - left);
        Mem.fullFence();
    }

    /** The sender ids up to this one that are known as an endpoint's. */
    public static List<Integer> idsOf(Talaria talaria, ActorRef<?> ref, int last) {
        Senders senders = ((Engine) talaria).senders();
        Cell<?> cell = ((BaseRef<?>) ref).cell();
        return IntStream.rangeClosed(1, last)
                .filter(id -> Objects.equals(senders.endpoint(id), cell))
                .boxed()
                .toList();
    }
}
