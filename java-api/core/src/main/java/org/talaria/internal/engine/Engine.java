package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_CORRELATION;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_FAILURE;
import static org.talaria.internal.memory.RecordDescriptor.FLAG_REPLY;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Drainer;
import org.talaria.Outcome;
import org.talaria.Receiver;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.journal.JournalSource;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;
import org.talaria.message.Codec;
import org.talaria.message.Schema;

/**
 * What both engines share: the region, who sends, who lives, who waits, and the look at a shard's state word. What differs — who drains, how a parked worker is woken,
 * where overflow lies — is left to {@link JavaEngine} and {@link NativeEngine}.
 *
 * <p>I1 (single drainer), I2 (position order) and I3 (one home) are told in {@code docs/architecture.md}.
 */
abstract class Engine extends EngineParts implements JournalSource {
    private volatile boolean discarding;
    private volatile boolean closed;

    Engine(TalariaConfig config, int workers) {
        super(config, workers);
    }

    /** Shards that workers look at: those in use, from 0. */
    final int scanShards() {
        return Mem.getIntVolatile(region().address() + RegionDescriptor.SCAN_SHARDS_OFFSET);
    }

    /** Starts workers. */
    abstract Talaria start();

    /** Wakes a worker that was taken out of the parked set (R6). */
    abstract void unpark(int worker);

    /** Puts whole records behind what waits in a lane's overflow (R16). */
    abstract void spill(Turn turn, int lane, long records, int lengthBytes);

    /** Bytes that wait in a lane's overflow. */
    abstract long overflowBytes(int lane);

    /** Moves what fits of a lane's overflow into its ring; the holder of its shard, where that is no native worker. @return records moved */
    abstract int flushOverflow(int lane);

    /** Waits while the completion word is what it was; may return early. */
    abstract void awaitCompletions(long wordAddress, int expected, long timeoutNs);

    /** Wakes the completer out of {@link #awaitCompletions}. */
    abstract void wakeCompleter(long wordAddress);

    /** Ends the C++ instance of an endpoint, if it has one. */
    abstract void destroyNative(Cell<?> cell);

    /** The journal's entry of a C++ endpoint. */
    abstract JournalEntry nativeEntry(Cell<?> cell, int shard);

    /** Looks at the state word of a lane's shard, see {@link Board#published}. */
    final void published(int lane) {
        board().published(shardOf(lane));
    }

    /** The shard of a lane. */
    final int shardOf(int lane) {
        return lane < lanes().shards() ? lane : lanes().shardOf(lane);
    }

    /** See {@link Board#look}. */
    final void look(int shard) {
        board().look(shard);
    }

    /** Whether a drainer of this lane has anything else to do than to handle its next record. */
    final boolean mustLeave(int lane) {
        // Two words that stand side by side
        long state = Mem.getLongVolatile(region().address() + RegionDescriptor.ENGINE_STATE_OFFSET);
        return board().anyReady()
                || overflowing(lane)
                || (int) state >= RegionDescriptor.STATE_STOPPING
                || (int) (state >>> 32) == RegionDescriptor.MOVE_ASKED;
    }

    final boolean overflowing(int lane) {
        return Mem.getIntVolatile(laneAddress(lane) + ShardDescriptor.OVERFLOW_FLAG_OFFSET) != 0;
    }

    /** Number of the turn that a lane's shard is in. */
    final long turnNumber(int lane) {
        return Mem.getLong(laneAddress(shardOf(lane)) + ShardDescriptor.TURN_OFFSET);
    }

    final long stateAddress(int shard) {
        return board().address(shard);
    }

    /** Why a home word is not the one that a reference expects. */
    final Outcome staleOutcome(long home) {
        return closed || HomeWord.state(HomeWord.half(home)) == HomeWord.CLOSED || !running()
                ? Outcome.CLOSED
                : Outcome.NO_SUCH_ENDPOINT;
    }

    final boolean running() {
        return Mem.getIntVolatile(region().address() + RegionDescriptor.ENGINE_STATE_OFFSET)
                <= RegionDescriptor.STATE_RUNNING;
    }

    /** Whether workers do what comes. */
    final boolean goesOn() {
        return Mem.getIntVolatile(region().address() + RegionDescriptor.ENGINE_STATE_OFFSET)
                < RegionDescriptor.STATE_STOPPING;
    }

    final void engineState(int state) {
        Mem.putIntVolatile(region().address() + RegionDescriptor.ENGINE_STATE_OFFSET, state);
    }

    /** The time of a turn, as recorded in the worker's block. */
    static long turnTime(long workerBlock) {
        return Mem.getLong(workerBlock + WorkerDescriptor.TURN_START_NS_OFFSET);
    }

    final Cell<?> cellAt(int index) {
        return lifecycle().at(index);
    }

    /** The living endpoint of a REPLY_TO; null if it is gone. */
    final @Nullable Cell<?> cellOf(long address) {
        Cell<?> cell = lifecycle().at((int) address);
        return cell != null && cell.generation() == (int) (address >>> 32 & 0xFFFF) ? cell : null;
    }

    /** Sends a control record without payload, as the calling thread or within its turn. */
    final Outcome control(Cell<?> cell, int type) {
        Sender sender = senders().current();
        Turn turn = sender.turn();
        if (cell.engine() != this) {
            // Its row and generation may be those of an endpoint here
            if (turn != null) {
                turn.refuse(cell, type, Outcome.NO_SUCH_ENDPOINT);
            } else {
                sender.refuse(Outcome.NO_SUCH_ENDPOINT);
            }
            return Outcome.NO_SUCH_ENDPOINT;
        }
        if (turn != null) {
            return turn.claim(cell, type, 0, 0, 0, 0) != 0 ? turn.commit() : turn.refusal();
        }
        return sender.claimRecord(cell, type, 0, 0, 0, 0) != 0 ? sender.commit() : sender.refusal();
    }

    /** Sends a control record with an int64, from the completer, which never waits for room: others wait for it. @return false if there is none */
    final boolean controlRecord(Cell<?> cell, int type, long payload) {
        Sender sender = senders().current();
        long at = sender.claimRecord(cell.atOnce(), type, 8, 0, 0, 0);
        if (at != 0) {
            Mem.putLong(at, payload);
            sender.commit();
        }
        return at != 0 || sender.refusal() == Outcome.CLOSED || sender.refusal() == Outcome.NO_SUCH_ENDPOINT;
    }

    /** Tells a handler that asked that there will be no reply. */
    final void failReply(Turn turn, Cell<?> asker, long correlation, Reason reason) {
        int flags = FLAG_CORRELATION | FLAG_REPLY | FLAG_FAILURE;
        long at =
                turn.claimAsEngine(senders().current(), asker, RecordDescriptor.CONTROL_FAILURE, 4, flags, correlation);
        if (at != 0) {
            Mem.putInt(at, reason.code());
            turn.commit();
        }
    }

    /** A late reply to a handler's ask, from any thread. */
    final <R> Outcome sendReply(Cell<?> asker, Codec<R> codec, R reply, long correlation) {
        Sender sender = senders().current();
        Turn turn = sender.turn();
        int flags = FLAG_CORRELATION | FLAG_REPLY;
        int length = codec.encodedLength(reply);
        long payload = turn != null
                ? turn.claim(asker, codec.schema().id(), length, flags, correlation, 0)
                : sender.claimRecord(asker, codec.schema().id(), length, flags, correlation, 0);
        if (payload == 0) {
            return turn != null ? turn.refusal() : sender.refusal();
        }
        return sender.write(codec, reply, payload);
    }

    @Override
    public final Outcome stop(Ref<?> endpoint) {
        return control(((BaseRef<?>) endpoint).cell(), RecordDescriptor.CONTROL_STOP);
    }

    @Override
    public final <M> Optional<ActorRef<M>> find(String name, Class<M> type) {
        Cell<?> cell = lifecycle().find(name);
        @SuppressWarnings("unchecked")
        ActorRef<M> typed = (ActorRef<M>) cell;
        return cell != null && cell.accepts(type) ? Optional.of(typed) : Optional.empty();
    }

    @Override
    public final Drainer drainer(String group) {
        return receivers().drainer(group);
    }

    @Override
    public final <M> Receiver<M> receiver(String name, Class<M> type) {
        return new Inbox<>(this, name, type);
    }

    final void journal(JournalEntry entry) {
        journaling().write(entry);
    }

    final boolean journaled() {
        return config().journal() != null;
    }

    /** Whether the journal failed: nobody reads the turn logs any more. */
    final boolean journalDead() {
        return journaling().failed();
    }

    @Override
    public final void flushJournal() {
        journaling().flush();
    }

    @Override
    public final long regionAddress() {
        return region().address();
    }

    @Override
    public final int rings() {
        return lanes().lanes();
    }

    @Override
    public final int workers() {
        return layout().drainers();
    }

    @Override
    public final void journaled(int lane) {
        published(lane);
    }

    @Override
    public final List<Schema> schemas(int from) {
        return schemas().from(from);
    }

    @Override
    public final void journalFailed(Throwable cause) {
        journaling().failed(cause);
    }

    final void discard() {
        discarding = true;
    }

    final boolean discarding() {
        return discarding;
    }

    final void markClosed() {
        closed = true;
    }

    /** Whether workers and journaler have ended. */
    final boolean ended() {
        return Mem.getIntVolatile(region().address() + RegionDescriptor.ENGINE_STATE_OFFSET)
                >= RegionDescriptor.STATE_CLOSED;
    }

    final boolean invoked() {
        return config().isInvoker();
    }

    /** Waits a little. */
    void pause() {
        LockSupport.parkNanos(this, 50_000);
    }

    /** Whether what is to be done later is done by this engine's clock; a replay does it by its journal. */
    boolean keepsTime() {
        return true;
    }
}
