package org.talaria.internal.engine;

import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;

/** Writes a record's envelope, and takes and gives back places in bounded mailboxes (R24). */
final class Envelope {
    private Envelope() {}

    /** Everything but the length. */
    static void write(long record, int type, Cell<?> cell, int flags, int senderId, int sequence) {
        write(record, type, cell, flags, RecordDescriptor.senderWord(senderId, sequence));
    }

    /** The same, given who sent it as one word. */
    static void write(long record, int type, Cell<?> cell, int flags, long senderWord) {
        Mem.putInt(record + RecordDescriptor.TYPE_OFFSET, type);
        Mem.putLong(record + RecordDescriptor.TARGET_OFFSET, RecordDescriptor.targetWord(cell.address(), flags));
        Mem.putLong(record + RecordDescriptor.SENDER_OFFSET, senderWord);
    }

    /** The extension words that the flags ask for, in their order. */
    static void extensions(long record, int flags, long correlation, long replyTo, long cause, long expiresNs) {
        if ((flags & RecordDescriptor.EXTENSIONS) == 0) {
            return;
        }
        long at = record + RecordDescriptor.HEADER_BYTES;
        if ((flags & RecordDescriptor.FLAG_CORRELATION) != 0) {
            Mem.putLong(at, correlation);
            at += 8;
        }
        if ((flags & RecordDescriptor.FLAG_REPLY_TO) != 0) {
            Mem.putLong(at, replyTo);
            at += 8;
        }
        if ((flags & RecordDescriptor.FLAG_CAUSE) != 0) {
            Mem.putLong(at, cause);
            at += 8;
        }
        if ((flags & RecordDescriptor.FLAG_EXPIRES) != 0) {
            Mem.putLong(at, expiresNs);
        }
    }

    /** Whether a record takes its place even where there is none: the engine's own records and replies must not be refused by a full mailbox. */
    static boolean must(int type, int flags) {
        return (flags & RecordDescriptor.FLAG_REPLY) != 0
                || type < RecordDescriptor.FIRST_MESSAGE_TYPE && type != RecordDescriptor.CONTROL_BY_REFERENCE;
    }

    /** Takes places in a mailbox, over the capacity if it must, or if older messages make room: see {@link #displace}. */
    static boolean take(BaseRef<?> to, int lane, int count, boolean must) {
        Cell<?> cell = to.cell();
        if (must || !cell.bounded() || to.policy() == Cell.POLICY_DROP_OLDEST) {
            takeAnyway(cell, lane, count);
            return true;
        }
        long row = cell.row();
        if (!take(row, cell.capacity(), count)) {
            return false;
        }
        countLane(cell, lane, count);
        return true;
    }

    /**
     * R24: so many messages took places; as many older ones as are over the capacity are to be given up, of DROP_OLDEST. Each sender asks for no more than it took, and counts those
     * that are asked for already: together they ask for the excess. What the drainer has given up is read before what it is done with, so that none is counted twice.
     */
    static void displace(BaseRef<?> to, int count) {
        Cell<?> cell = to.cell();
        if (to.policy() != Cell.POLICY_DROP_OLDEST || !cell.bounded()) {
            return;
        }
        long row = cell.row();
        int skipped = Mem.getIntVolatile(row + EndpointDescriptor.SKIPPED_OFFSET);
        int pending = Mem.getIntVolatile(row + EndpointDescriptor.SKIP_OFFSET) - skipped;
        long waiting = Mem.getLongVolatile(row + EndpointDescriptor.SENT_OFFSET)
                - Mem.getLongVolatile(row + EndpointDescriptor.DONE_OFFSET);
        long over = waiting - pending - cell.capacity();
        if (over > 0) {
            skip(row, (int) Math.min(over, count));
        }
    }

    /** {@code sent} by compare-and-set against the capacity; {@code done} may be stale, which is only pessimistic. */
    private static boolean take(long row, int capacity, int count) {
        while (true) {
            long sent = Mem.getLongVolatile(row + EndpointDescriptor.SENT_OFFSET);
            long done = Mem.getLongVolatile(row + EndpointDescriptor.DONE_OFFSET);
            if (sent + count - done > capacity) {
                return false;
            }
            if (Mem.casLong(row + EndpointDescriptor.SENT_OFFSET, sent, sent + count)) {
                return true;
            }
        }
    }

    /** Takes places over the capacity: a handler never waits (design 16.11). */
    static void takeAnyway(Cell<?> cell, int lane, int count) {
        Mem.getAndAddLong(cell.row() + EndpointDescriptor.SENT_OFFSET, count);
        countLane(cell, lane, count);
    }

    static void giveBack(Cell<?> cell, int lane, int count) {
        Mem.getAndAddLong(cell.row() + EndpointDescriptor.SENT_OFFSET, -count);
        countLane(cell, lane, -count);
    }

    /** R24, N8: where messages displace others it has to be known how many wait in each lane. */
    private static void countLane(Cell<?> cell, int lane, int count) {
        if (cell.displaces()) {
            int priority = cell.engine().lanes().priorityOf(lane);
            Mem.getAndAddInt(cell.row() + EndpointDescriptor.LANE_SENT_OFFSET + 4L * priority, count);
        }
    }

    /** R24: the ring has no room; so many of the oldest messages are to be given up, of those that wait and are not asked for yet. */
    static void makeRoom(long row, int count) {
        int skipped = Mem.getIntVolatile(row + EndpointDescriptor.SKIPPED_OFFSET);
        int pending = Mem.getIntVolatile(row + EndpointDescriptor.SKIP_OFFSET) - skipped;
        long waiting = Mem.getLongVolatile(row + EndpointDescriptor.SENT_OFFSET)
                - Mem.getLongVolatile(row + EndpointDescriptor.DONE_OFFSET);
        if (waiting > pending) {
            skip(row, (int) Math.min(waiting - pending, count));
        }
    }

    private static void skip(long row, int count) {
        Mem.getAndAddInt(row + EndpointDescriptor.SKIP_OFFSET, count);
    }
}
