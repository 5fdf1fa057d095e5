package org.talaria.internal.engine;

import org.talaria.Ref;

/** A receiver's thread that ends in the middle: what no well-behaved code can do, for tests. */
public final class Abandoned {
    private Abandoned() {}

    /** Takes the shard of an endpoint of the group {@code main}, as a drain does, and does not give it back. */
    public static boolean hold(Ref<?> endpoint) {
        Cell<?> cell = ((BaseRef<?>) endpoint).cell();
        Engine engine = cell.engine();
        return engine.receivers().called(cell.shard()).hold(engine.senders().current());
    }
}
