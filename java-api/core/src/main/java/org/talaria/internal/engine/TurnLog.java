package org.talaria.internal.engine;

import static org.talaria.internal.memory.TurnLogDescriptor.DEAD_BYTES;
import static org.talaria.internal.memory.TurnLogDescriptor.MOVED_BYTES;
import static org.talaria.internal.memory.TurnLogDescriptor.OUTCOME_BYTES;
import static org.talaria.internal.memory.TurnLogDescriptor.REPLY_BYTES;
import static org.talaria.internal.memory.TurnLogDescriptor.TURN_BYTES;

import java.util.concurrent.locks.LockSupport;
import org.talaria.Outcome;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.internal.ring.ClaimRing;
import org.talaria.message.Codec;

/** A worker's turn log (R22): written by the worker only; when it is full the worker waits, and the journaler, which never needs a shard, makes room. */
final class TurnLog {
    private final Engine engine;
    private final ClaimRing ring;

    TurnLog(Engine engine, long data, int capacityBytes) {
        this.engine = engine;
        ring = new ClaimRing(data, capacityBytes);
    }

    private long claim(int type, int payloadBytes) {
        int length = 8 + payloadBytes;
        long record = ring.claim(RingDescriptor.align8(length));
        while (record <= 0) {
            // Nobody will ever make room
            if (engine.journalDead() || engine.ended()) {
                return 0;
            }
            LockSupport.parkNanos(this, 1_000);
            record = ring.claim(RingDescriptor.align8(length));
        }
        ClaimRing.open(record, length);
        Mem.putInt(record + 4, type);
        return record;
    }

    /** A contiguous segment was handled. */
    void turn(int lane, int worker, long number, long from, long to, long timeNs) {
        long record = claim(TurnLogDescriptor.TURN, TURN_BYTES);
        if (record != 0) {
            long at = record + 8;
            Mem.putInt(at + TurnLogDescriptor.TURN_SHARD, lane);
            Mem.putInt(at + TurnLogDescriptor.TURN_WORKER, worker);
            Mem.putLong(at + TurnLogDescriptor.TURN_NUMBER, number);
            Mem.putLong(at + TurnLogDescriptor.TURN_FROM, from);
            Mem.putLong(at + TurnLogDescriptor.TURN_TO, to);
            Mem.putLong(at + TurnLogDescriptor.TURN_TIME_NS, timeNs);
            ClaimRing.commit(record, 8 + TURN_BYTES);
        }
    }

    /** A handler's send was refused. */
    void outcome(Turn turn, Cell<?> to, int type, Outcome outcome, int ordinal) {
        long record = claim(TurnLogDescriptor.OUTCOME, OUTCOME_BYTES);
        if (record != 0) {
            long at = record + 8;
            Mem.putInt(at + TurnLogDescriptor.OUTCOME_SHARD, turn.lane());
            Mem.putInt(at + TurnLogDescriptor.OUTCOME_CODE, outcome.ordinal());
            Mem.putLong(at + TurnLogDescriptor.OUTCOME_TURN, engine.turnNumber(turn.lane()));
            Mem.putLong(at + TurnLogDescriptor.OUTCOME_CAUSE_POSITION, turn.position());
            Mem.putInt(at + TurnLogDescriptor.OUTCOME_TARGET, to.index());
            Mem.putInt(at + TurnLogDescriptor.OUTCOME_GENERATION, to.generation());
            Mem.putInt(at + TurnLogDescriptor.OUTCOME_SCHEMA_ID, type);
            Mem.putInt(at + TurnLogDescriptor.OUTCOME_ORDINAL, ordinal);
            ClaimRing.commit(record, 8 + OUTCOME_BYTES);
        }
    }

    /** A reply to a waiting thread, which is in no ring. */
    <R> void reply(Turn turn, long correlation, Codec<R> codec, R reply) {
        int length = codec.encodedLength(reply);
        // One that no log of this size could ever take is logged without its bytes; its length still says how many they
        // were
        boolean whole = length <= ring.capacityBytes() / 2;
        int payload = REPLY_BYTES + (whole ? length : 0);
        long record = claim(TurnLogDescriptor.REPLY, payload);
        if (record != 0) {
            long at = record + 8;
            Mem.putLong(at + TurnLogDescriptor.REPLY_CORRELATION, correlation);
            Mem.putInt(at + TurnLogDescriptor.REPLY_SENDER_ID, 0);
            Mem.putInt(at + TurnLogDescriptor.REPLY_SEQUENCE, 0);
            Mem.putLong(at + TurnLogDescriptor.REPLY_CAUSE, RecordDescriptor.id(turn.record()));
            Mem.putInt(at + TurnLogDescriptor.REPLY_SCHEMA_ID, codec.schema().id());
            Mem.putInt(at + TurnLogDescriptor.REPLY_LENGTH, length);
            try {
                if (whole) {
                    codec.encode(reply, at + REPLY_BYTES);
                }
            } catch (RuntimeException | Error e) {
                ClaimRing.abort(record, 8 + payload);
                throw e;
            }
            ClaimRing.commit(record, 8 + payload);
        }
    }

    /** An endpoint has moved: what it handled on the old shard it did in turns up to one, on the new one it does in turns behind another. */
    void moved(Cell<?> cell, int from, long fromTurn, int to, long toTurn) {
        long record = claim(TurnLogDescriptor.MOVED, MOVED_BYTES);
        if (record != 0) {
            long at = record + 8;
            Mem.putInt(at + TurnLogDescriptor.MOVED_ENDPOINT, cell.index());
            Mem.putInt(at + TurnLogDescriptor.MOVED_GENERATION, cell.generation());
            Mem.putInt(at + TurnLogDescriptor.MOVED_FROM, from);
            Mem.putInt(at + TurnLogDescriptor.MOVED_TO, to);
            Mem.putLong(at + TurnLogDescriptor.MOVED_FROM_TURN, fromTurn);
            Mem.putLong(at + TurnLogDescriptor.MOVED_TO_TURN, toTurn);
            ClaimRing.commit(record, 8 + MOVED_BYTES);
        }
    }

    /** An accepted message was not handled. */
    void dead(int lane, int reason, long position) {
        long record = claim(TurnLogDescriptor.DEAD, DEAD_BYTES);
        if (record != 0) {
            long at = record + 8;
            Mem.putInt(at + TurnLogDescriptor.DEAD_SHARD, lane);
            Mem.putInt(at + TurnLogDescriptor.DEAD_REASON, reason);
            Mem.putLong(at + TurnLogDescriptor.DEAD_TURN, engine.turnNumber(lane));
            Mem.putLong(at + TurnLogDescriptor.DEAD_POSITION, position);
            ClaimRing.commit(record, 8 + DEAD_BYTES);
        }
    }
}
