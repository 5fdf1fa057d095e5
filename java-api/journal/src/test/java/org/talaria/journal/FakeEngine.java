package org.talaria.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.journal.JournalSource;
import org.talaria.internal.journal.JournalWriter;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.write.ChronicleJournalProvider;
import org.talaria.message.Schema;

/**
 * An engine on paper, on one thread: threads send, workers take shards in turn, handlers send on; everything lands in the rings and turn logs of a
 * {@link FakeRegion}, where the real journaler follows. The same seed gives the same run.
 */
final class FakeEngine implements JournalSource, AutoCloseable {
    static final Schema SCHEMA = new Schema(5_000, "app.Ping", "value:i64@0", 8, false);
    private static final int THREADS = 3;

    /** An endpoint. */
    private static final class Endpoint {
        int index;
        int generation;
        int shard;
        int senderId;
        int sequence;
        String name = "";
    }

    final FakeRegion region;
    final Random random;
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    final List<Endpoint> stopped = new ArrayList<>();
    final JournalWriter writer;
    private final FakeRing[] rings;
    private final FakeRing[] turnLogs;
    private final int[] threadIds = new int[THREADS + 1];
    private final int[] threadSequences = new int[THREADS + 1];
    private final long[] drained;
    private final long[] released;
    private final long[] turns;
    private final boolean writeAhead;
    private long clock = 1_000;
    private int nextSender = THREADS + 1;
    private int mostSequence = Integer.MAX_VALUE;
    private int movesInHundred;
    long sent;
    long moves;

    FakeEngine(Journal journal, long seed, int shards, int workers, int ringCapacity) {
        random = new Random(seed);
        writeAhead = journal.mode() == Journal.Mode.WRITE_AHEAD;
        region = new FakeRegion(
                shards, workers, ringCapacity, 64 << 10, writeAhead ? RegionDescriptor.FLAG_WRITE_AHEAD : 0);
        rings = new FakeRing[shards];
        turnLogs = new FakeRing[workers];
        for (int s = 0; s < shards; s++) {
            rings[s] = new FakeRing(region.ring(s), ringCapacity);
        }
        for (int w = 0; w < workers; w++) {
            turnLogs[w] = new FakeRing(region.turnLog(w), region.turnLogCapacity());
        }
        drained = new long[shards];
        released = new long[shards];
        turns = new long[shards];
        writer = new ChronicleJournalProvider().open(journal, this);
        writer.start();
        for (int t = 1; t <= THREADS; t++) {
            threadIds[t] = t;
            writer.write(new JournalEntry.SenderGiven(t, -1, 0, "thread-" + t));
        }
    }

    /** From now on the sequence of a sender id is used up so early. */
    void succeedBehind(int sequence) {
        mostSequence = sequence;
    }

    /** From now on so many of a hundred laps of {@link #run} move an endpoint. */
    void moveAbout(int inHundred) {
        movesInHundred = inHundred;
    }

    /** An endpoint moves: what its old shard has is handled first. */
    void move(int index, int to, int worker) {
        Endpoint endpoint = endpoints.get(index);
        int from = endpoint.shard;
        announce(index, to);
        while (drained[from] < rings[from].tail() && failure.get() == null) {
            turn(from, worker);
        }
        turns[to]++;
        endpoint.shard = to;
        moves++;
        long record = entry(worker, TurnLogDescriptor.MOVED_BYTES);
        if (record != 0) {
            Mem.putInt(record + 4, TurnLogDescriptor.MOVED);
            Mem.putInt(record + 8 + TurnLogDescriptor.MOVED_ENDPOINT, index);
            Mem.putInt(record + 8 + TurnLogDescriptor.MOVED_GENERATION, endpoint.generation);
            Mem.putInt(record + 8 + TurnLogDescriptor.MOVED_FROM, from);
            Mem.putInt(record + 8 + TurnLogDescriptor.MOVED_TO, to);
            Mem.putLong(record + 8 + TurnLogDescriptor.MOVED_FROM_TURN, turns[from]);
            Mem.putLong(record + 8 + TurnLogDescriptor.MOVED_TO_TURN, turns[to]);
            turnLogs[worker].commit(record, 8 + TurnLogDescriptor.MOVED_BYTES);
        }
    }

    /** Says that an endpoint is about to move, which may come to nothing. */
    void announce(int index, int to) {
        Endpoint endpoint = endpoints.get(index);
        long begin = drained[to];
        writer.write(new JournalEntry.EndpointMoves(
                index, endpoint.generation, endpoint.shard, to, List.of(begin, begin, begin, begin)));
    }

    private void moveAny() {
        if (rings.length > 1 && random.nextInt(100) < movesInHundred) {
            int index = random.nextInt(endpoints.size());
            int to = (endpoints.get(index).shard + 1 + random.nextInt(rings.length - 1)) % rings.length;
            if (random.nextInt(4) == 0) {
                announce(index, to);
            } else {
                move(index, to, random.nextInt(turnLogs.length));
            }
        }
    }

    int shardOf(int index) {
        return endpoints.get(index).shard;
    }

    void spawn(int count) {
        for (int i = 0; i < count; i++) {
            spawnAt(endpoints.size(), 1);
        }
    }

    private void spawnAt(int index, int generation) {
        Endpoint endpoint = new Endpoint();
        endpoint.index = index;
        endpoint.generation = generation;
        endpoint.shard = random.nextInt(rings.length);
        endpoint.name = "actor-" + index + "-" + generation;
        writer.write(new JournalEntry.Endpoint(
                index, generation, endpoint.shard, 1, 0, endpoint.name, SCHEMA.name(), "", "", false));
        if (index == endpoints.size()) {
            endpoints.add(endpoint);
        } else {
            endpoints.set(index, endpoint);
        }
    }

    /** An endpoint stops, its row is used again; messages to the old one become dead letters. */
    void replace(int index) {
        Endpoint old = endpoints.get(index);
        writer.write(new JournalEntry.EndpointStopped(old.index, old.generation));
        stopped.add(old);
        spawnAt(index, old.generation + 1);
    }

    /** A thread sends to a random endpoint; false if there is no room. */
    boolean send() {
        int thread = 1 + random.nextInt(THREADS);
        Endpoint to = endpoints.get(random.nextInt(endpoints.size()));
        return sendAs(thread, to);
    }

    /** The first thread sends. */
    boolean sendTo(int index) {
        return sendAs(1, endpoints.get(index));
    }

    private boolean sendAs(int thread, Endpoint to) {
        if (threadSequences[thread] >= mostSequence) {
            int old = threadIds[thread];
            threadIds[thread] = nextSender++;
            threadSequences[thread] = 0;
            writer.write(new JournalEntry.SenderSucceeds(threadIds[thread], old, -1, 0, "thread-" + thread));
        }
        boolean accepted = put(to, threadIds[thread], threadSequences[thread] + 1, 0);
        threadSequences[thread] += accepted ? 1 : 0;
        return accepted;
    }

    /** A message to an endpoint that has stopped. */
    void sendStale() {
        if (!stopped.isEmpty()) {
            sendAs(1, stopped.get(0));
        }
    }

    private boolean put(Endpoint to, int sender, int sequence, long cause) {
        int flags = cause == 0 ? 0 : RecordDescriptor.FLAG_CAUSE;
        int length = RecordDescriptor.headerBytes(flags) + 8 + 8 * random.nextInt(4);
        long record = rings[to.shard].claim(length);
        if (record == 0) {
            return false;
        }
        Mem.putInt(record + RecordDescriptor.TYPE_OFFSET, SCHEMA.id());
        Mem.putInt(record + RecordDescriptor.TARGET_OFFSET, to.index);
        Mem.putInt(
                record + RecordDescriptor.GENERATION_OFFSET, RecordDescriptor.generationAndFlags(to.generation, flags));
        Mem.putInt(record + RecordDescriptor.SENDER_OFFSET, sender);
        Mem.putInt(record + RecordDescriptor.SEQUENCE_OFFSET, sequence);
        if (cause != 0) {
            Mem.putLong(record + RecordDescriptor.HEADER_BYTES, cause);
        }
        Mem.putLong(record + RecordDescriptor.headerBytes(flags), sequence * 31L + sender);
        rings[to.shard].commit(record, length);
        sent++;
        return true;
    }

    /** One worker takes one shard: handles up to a batch, sometimes sends on. */
    void turn() {
        turn(random.nextInt(rings.length), random.nextInt(turnLogs.length));
    }

    /** A worker takes a shard. */
    void turn(int shard, int worker) {
        release(shard);
        long limit = writeAhead
                ? Mem.getLongVolatile(region.shard(shard) + ShardDescriptor.JOURNALED_OFFSET)
                : rings[shard].tail();
        long from = drained[shard];
        long at = from;
        clock += 1 + random.nextInt(5);
        for (int i = 0; i < 16 && at < limit; i++) {
            at = handle(shard, worker, at);
        }
        if (at > from) {
            logTurn(shard, worker, from, at);
            drained[shard] = at;
            Mem.putLongVolatile(region.shard(shard) + ShardDescriptor.DRAINED_OFFSET, at);
        }
    }

    private long handle(int shard, int worker, long position) {
        FakeRing ring = rings[shard];
        long record = ring.data() + (position & ring.capacity() - 1);
        int length = Mem.getInt(record);
        if (Mem.getInt(record + 4) != RingDescriptor.PADDING_TYPE) {
            long handled = region.shard(shard) + ShardDescriptor.HANDLED_OFFSET;
            Mem.putLongVolatile(handled, Mem.getLong(handled) + 1);
            int index = Mem.getInt(record + RecordDescriptor.TARGET_OFFSET);
            Endpoint self = endpoints.get(index);
            if (self.generation != RecordDescriptor.generation(record)) {
                logDead(shard, worker, position);
            } else if (random.nextInt(4) == 0) {
                sendOn(self, RecordDescriptor.id(record));
            }
        }
        return position + RingDescriptor.align8(length);
    }

    private void sendOn(Endpoint self, long cause) {
        if (self.senderId == 0) {
            self.senderId = nextSender++;
            writer.write(new JournalEntry.SenderGiven(self.senderId, self.index, self.generation, self.name));
        } else if (self.sequence >= mostSequence) {
            int old = self.senderId;
            self.senderId = nextSender++;
            self.sequence = 0;
            writer.write(new JournalEntry.SenderSucceeds(self.senderId, old, self.index, self.generation, self.name));
        }
        if (put(endpoints.get(random.nextInt(endpoints.size())), self.senderId, self.sequence + 1, cause)) {
            self.sequence++;
        }
    }

    private long entry(int worker, int bytes) {
        long record = turnLogs[worker].claim(8 + bytes);
        while (record == 0 && failure.get() == null) {
            Thread.onSpinWait();
            record = turnLogs[worker].claim(8 + bytes);
        }
        return record;
    }

    private void logTurn(int shard, int worker, long from, long to) {
        long record = entry(worker, TurnLogDescriptor.TURN_BYTES);
        if (record != 0) {
            Mem.putInt(record + 4, TurnLogDescriptor.TURN);
            Mem.putInt(record + 8 + TurnLogDescriptor.TURN_SHARD, shard);
            Mem.putInt(record + 8 + TurnLogDescriptor.TURN_WORKER, worker);
            Mem.putLong(record + 8 + TurnLogDescriptor.TURN_NUMBER, ++turns[shard]);
            Mem.putLong(record + 8 + TurnLogDescriptor.TURN_FROM, from);
            Mem.putLong(record + 8 + TurnLogDescriptor.TURN_TO, to);
            Mem.putLong(record + 8 + TurnLogDescriptor.TURN_TIME_NS, clock);
            turnLogs[worker].commit(record, 8 + TurnLogDescriptor.TURN_BYTES);
        }
    }

    private void logDead(int shard, int worker, long position) {
        long record = entry(worker, TurnLogDescriptor.DEAD_BYTES);
        if (record != 0) {
            Mem.putInt(record + 4, TurnLogDescriptor.DEAD);
            Mem.putInt(record + 8 + TurnLogDescriptor.DEAD_SHARD, shard);
            Mem.putInt(record + 8 + TurnLogDescriptor.DEAD_REASON, 2);
            Mem.putLong(record + 8 + TurnLogDescriptor.DEAD_TURN, turns[shard] + 1);
            Mem.putLong(record + 8 + TurnLogDescriptor.DEAD_POSITION, position);
            turnLogs[worker].commit(record, 8 + TurnLogDescriptor.DEAD_BYTES);
        }
    }

    /** The head goes to the smaller of drained and journaled (R21). */
    private void release(int shard) {
        long journaled = Mem.getLongVolatile(region.shard(shard) + ShardDescriptor.JOURNALED_OFFSET);
        long to = Math.min(drained[shard], journaled);
        if (to > released[shard]) {
            rings[shard].head(released[shard], to);
            released[shard] = to;
        }
    }

    /** Sends and handles until this many messages were sent. */
    void run(long messages) {
        long until = sent + messages;
        while (sent < until && failure.get() == null) {
            for (int i = random.nextInt(8); i > 0; i--) {
                if (!send()) {
                    Thread.onSpinWait();
                }
            }
            turn();
            if (movesInHundred > 0) {
                moveAny();
            }
        }
    }

    /** Handles everything. */
    void drain() {
        boolean left = true;
        while (left && failure.get() == null) {
            left = false;
            for (int s = 0; s < rings.length; s++) {
                left |= drained[s] < rings[s].tail();
            }
            turn();
        }
    }

    @Override
    public long regionAddress() {
        return region.address();
    }

    @Override
    public int rings() {
        return rings.length;
    }

    @Override
    public int workers() {
        return turnLogs.length;
    }

    @Override
    public void journaled(int shard) {
        // Nobody sleeps here.
    }

    @Override
    public List<Schema> schemas(int from) {
        return from == 0 ? List.of(SCHEMA) : List.of();
    }

    @Override
    public void journalFailed(Throwable cause) {
        failure.set(cause);
    }

    @Override
    public void close() {
        writer.close();
    }
}
