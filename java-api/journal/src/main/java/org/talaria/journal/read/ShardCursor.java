package org.talaria.journal.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.journal.store.ExcerptDescriptor;

/** Goes along one shard's records with the turns that handled them; holds one block in memory. */
final class ShardCursor {
    private final int shard;
    private final EpochIndex epoch;
    private final LongTable blocks;
    private final LongTable turns;
    private final SegmentFiles files;
    private final RecordCursor records = new RecordCursor();
    private ByteBuffer buffer = BufferUtil.allocateDirectAligned(8, 64);
    private int block;
    private int turn;
    private @Nullable RecordView record;

    ShardCursor(int shard, EpochIndex epoch, SegmentFiles files) {
        this.shard = shard;
        this.epoch = epoch;
        this.files = files;
        blocks = epoch.blocks(shard);
        turns = epoch.turns(shard);
    }

    /** Goes to the next record; false at the end. */
    boolean next() throws IOException {
        record = records.next();
        while (record == null && block < blocks.rows()) {
            load();
            record = records.next();
        }
        if (record == null) {
            buffer = BufferUtil.allocateDirectAligned(8, 64);
            return false;
        }
        while (turn < turns.rows() && turns.get(turn, EpochIndex.TURN_TO) <= record.position()) {
            turn++;
        }
        return true;
    }

    private void load() throws IOException {
        int bytes = (int) blocks.get(block, EpochIndex.BLOCK_BYTES);
        if (buffer.capacity() < bytes) {
            buffer = BufferUtil.allocateDirectAligned(bytes, 64);
        }
        files.read(
                (int) blocks.get(block, EpochIndex.BLOCK_SEGMENT),
                blocks.get(block, EpochIndex.BLOCK_OFFSET) + ExcerptDescriptor.HEADER_BYTES,
                buffer.clear().limit(bytes));
        records.wrap(BufferUtil.address(buffer), bytes, shard, blocks.get(block, EpochIndex.BLOCK_FROM));
        block++;
    }

    private RecordView current() {
        return java.util.Objects.requireNonNull(record);
    }

    int shard() {
        return shard;
    }

    boolean handled() {
        return turn < turns.rows()
                && turns.get(turn, EpochIndex.TURN_FROM) <= current().position();
    }

    /** Time of the record's turn; the end of time if none is known. */
    long timeNs() {
        return handled() ? turns.get(turn, EpochIndex.TURN_TIME) : Long.MAX_VALUE;
    }

    /** Number of the record's turn; the last there can be if none is known. */
    long turnNumber() {
        return handled() ? turns.get(turn, EpochIndex.TURN_NUMBER) : Long.MAX_VALUE;
    }

    long id() {
        return current().id();
    }

    long cause() {
        return current().cause();
    }

    void fill(Step step) {
        RecordView at = current();
        boolean known = handled();
        step.at(at.address(), shard, at.position());
        step.turn(
                known,
                known ? turns.get(turn, EpochIndex.TURN_NUMBER) : 0,
                known ? turns.get(turn, EpochIndex.TURN_TIME) : 0,
                known ? (int) turns.get(turn, EpochIndex.TURN_WORKER) : -1,
                epoch.deadReason(shard, at.position()));
    }

    /** Whether the record names a cause. */
    boolean hasCause() {
        return current().has(RecordDescriptor.FLAG_CAUSE);
    }
}
