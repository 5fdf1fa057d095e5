package org.talaria;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.talaria.actor.Actors;
import org.talaria.internal.engine.Engines;

/**
 * A running engine: makes actors, finds them, closes.
 *
 * <p>Any thread. {@link #close} refuses new sends, drains what was accepted until the close deadline, sends the rest to dead letters, stops actors and workers,
 * flushes the journal and releases the region; it is idempotent. Sends after it return {@link Outcome#CLOSED}.
 */
public interface Talaria extends Actors, AutoCloseable {
    /** Opens an engine with defaults. */
    static Talaria open() {
        return open(TalariaConfig.config());
    }

    /**
     * Opens an engine.
     *
     * @throws TalariaException naming cause and remedy: a value out of range, no native engine where one is demanded, no room for the region, a journal that cannot be opened
     */
    static Talaria open(TalariaConfig config) {
        return Engines.open(config);
    }

    /**
     * An endpoint whose handler is C++.
     *
     * @throws TalariaException if the library or symbol is missing, was built for another version, or does not know {@code type}'s layout; always on the Java engine
     */
    @CanIgnoreReturnValue
    <M> ActorRef<M> nativeActor(String name, Class<M> type, NativeHandler handler);

    /** Drains the group {@code main}, for the thread that owns the application's window, scene or loop: {@link #drainer drainer("main")}. */
    default Drainer mainThread() {
        return drainer("main");
    }

    /**
     * Drains a group of shards on the calling thread; see {@link ShardGroup#drainedByCaller}.
     *
     * @throws TalariaException if there is no such group, or somebody else drains it
     */
    Drainer drainer(String group);

    /**
     * A mailbox without a handler, on a shard of its own: messages are taken by {@link Receiver#receive}.
     *
     * @throws TalariaException if all of {@link TalariaConfig#receivers} are in use
     */
    <M> Receiver<M> receiver(String name, Class<M> type);

    /** The living endpoint of that name, if it accepts {@code type}. */
    <M> Optional<ActorRef<M>> find(String name, Class<M> type);

    /** Stops an endpoint after what was sent to it before; what comes later goes to dead letters. Children stop first. */
    Outcome stop(Ref<?> endpoint);

    /** The shard that an endpoint lives on now, from 0. Any thread. */
    int shardOf(Ref<?> endpoint);

    /**
     * Moves an endpoint to another shard, by a worker between its turns: what was sent to it before is handled before anything that is sent after, each once. Senders notice nothing. It
     * returns when that is done. An endpoint moves within its group: among the engine's own shards, or among those of a {@link ShardGroup} that workers drain; dedicated shards and
     * receivers' stay as they are. Any thread but a handler's.
     *
     * @param shard from 0, see {@link TalariaConfig#shards}
     * @return false if a handler on one of the two shards held it for longer than {@link TalariaConfig#blockDeadline}, or the endpoint stopped; then nothing has changed
     * @throws IllegalArgumentException if the shard is not of the endpoint's group
     * @throws IllegalStateException inside a handler, whose turn the move would wait for
     */
    @CanIgnoreReturnValue
    boolean move(Ref<?> endpoint, int shard);

    /** Messages that are sent later. Any thread. */
    Timers timers();

    /** Which engine runs: NATIVE or JAVA. */
    EngineKind engine();

    /** Why the native engine does not run; empty if it does. */
    String engineReason();

    /** The figures of this moment. */
    EngineStats stats();

    /** All figures, by worker, shard and endpoint; and who drains what. */
    Monitor monitor();

    /**
     * Sends one message to many endpoints and counts those that have done with it: a fork, whose join is returned. One named twice gets it twice. From a thread it
     * is encoded once, and whole ranges go into each ring; it waits for room as each reference says, one after another. In a handler it is gathered as its other sends are, and
     * the join is for {@link Join#whenDone}.
     *
     * <p>Order as with {@code tell}, for each reference: what this thread sends behind it to one of them comes behind it.
     *
     * @throws IllegalArgumentException if a reference is another engine's
     * @throws TalariaException if all joins are in use, see {@link TalariaConfig#joins(int)}; or an object by reference is to be journaled
     */
    <M> Join fork(List<? extends Ref<M>> to, M message);

    /**
     * The same with a message of its own for each, {@code messageOf.apply(i)} for the reference at {@code i}: sent one by one. Where that throws, what was sent stays sent.
     *
     * @throws IllegalArgumentException if a reference is another engine's
     * @throws TalariaException if all joins are in use, see {@link TalariaConfig#joins(int)}; or an object by reference is to be journaled
     */
    <M> Join forkEach(List<? extends Ref<M>> to, IntFunction<? extends M> messageOf);

    /**
     * Waits until everything accepted before this call is handled or dead, whoever sent it: a phase's end. What that causes may still be on its way, see {@link #quiesce}. Nothing
     * is sent and senders need not stop. What waits for receivers counts too: somebody must drain them meanwhile.
     *
     * @return false if the deadline came first
     * @throws IllegalStateException inside a handler, which would wait for itself
     */
    boolean barrier(Duration deadline);

    /**
     * Waits until everything accepted so far, and all that it caused, is handled or dead: until nothing is in flight.
     *
     * @return false if the deadline came first
     */
    boolean quiesce(Duration deadline);

    /** Of an engine configured with {@link TalariaConfig#invoker()}: one duty cycle on the calling thread; returns the messages handled. */
    @CanIgnoreReturnValue
    int invoke();

    /** Returns when everything accepted before is journaled; at once without a journal. */
    void flushJournal();

    @Override
    void close();
}
