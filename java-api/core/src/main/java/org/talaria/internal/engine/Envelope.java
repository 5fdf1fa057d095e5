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
    static void extensions(long record, int flags, long correlation, long replyTo, long cause) {
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
        }
    }

    /** Takes places in a bounded mailbox: {@code sent} by compare-and-set against the capacity; {@code done} may be stale, which is only pessimistic. */
    static boolean take(long row, int capacity, int count) {
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

    /** Whether a record takes its place even where there is none: the engine's own records and replies must not be refused by a full mailbox. */
    static boolean must(int type, int flags) {
        return (flags & RecordDescriptor.FLAG_REPLY) != 0
                || type < RecordDescriptor.FIRST_MESSAGE_TYPE && type != RecordDescriptor.CONTROL_BY_REFERENCE;
    }

    /** Takes places, over the capacity if it must. */
    static boolean take(long row, int capacity, int count, boolean must) {
        if (must) {
            takeAnyway(row, count);
            return true;
        }
        return take(row, capacity, count);
    }

    /** Takes places over the capacity: a handler never waits (design 16.11). */
    static void takeAnyway(long row, int count) {
        Mem.getAndAddLong(row + EndpointDescriptor.SENT_OFFSET, count);
    }

    static void giveBack(long row, int count) {
        Mem.getAndAddLong(row + EndpointDescriptor.SENT_OFFSET, -count);
    }
}
