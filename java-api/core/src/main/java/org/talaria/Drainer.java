package org.talaria;

/**
 * Handles what waits in a group of shards, on the thread that calls: for endpoints that belong to a thread of the application's, such as the one that owns its window or its
 * scene. Order and accounting are those of a worker.
 *
 * <p>It belongs to the first thread that drains; another gets an {@link IllegalStateException}, as long as that one lives. A nested call, from a handler that runs an event
 * loop of its own (a modal dialog), returns 0.
 */
public interface Drainer {
    /** Handles what waits now, and what comes meanwhile, at most a batch a shard. @return messages handled or dead; 0: nothing waited */
    @CanIgnoreReturnValue
    int drain();

    /** The same, at most {@code limit} messages, 1 …: a loop with other things to do bounds its time by it. */
    @CanIgnoreReturnValue
    int drain(int limit);

    /** Whether something waits. Any thread. */
    boolean ready();
}
