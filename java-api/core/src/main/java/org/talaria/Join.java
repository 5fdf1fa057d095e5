package org.talaria;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The end of a fork: of one message sent to many endpoints, by {@link Talaria#fork}. A message is done when its handler has returned, or when it is a dead letter; the join ends
 * when all are done. What the handlers sent meanwhile is not waited for. Any thread.
 *
 * <p>What the handlers wrote to memory is visible to whoever has seen the join end: behind {@link #await}, in what {@link #whenDone} runs, and behind {@link #outstanding} = 0.
 *
 * <p>A message counts as done at the end of the block in which its drainer handled it, a moment after its handler returned. Replies go nowhere: a fork asks nothing.
 */
public interface Join {
    /**
     * Waits until all are done: spins for some 20 µs, then parks.
     *
     * @return false if the deadline came first
     * @throws IllegalStateException inside a handler, which would keep its worker from handling what it waits for: use {@link #whenDone} there
     * @throws CallInterruptedException if the thread is interrupted while it waits
     */
    @CheckReturnValue
    boolean await(Duration deadline);

    /**
     * Completed with this when all are done, or the engine is closed; never exceptionally. On the thread that completes asks, never on a worker: what is done there should be
     * short, or be handed to an executor. To go on in an actor, send it a message there.
     */
    CompletionStage<Join> whenDone();

    /** Messages that are not done yet; 0 when the join has ended. */
    int outstanding();

    /** Of those done, how many are dead letters: as of the end, or so far. What is on its way when the engine has closed is dead too. */
    int dead();

    /** How many were not accepted, and so are not waited for: counted as refusals are, with their outcome by each endpoint's policy. */
    int refused();

    /** To how many endpoints the message was to be sent: done, outstanding and refused. */
    int size();
}
