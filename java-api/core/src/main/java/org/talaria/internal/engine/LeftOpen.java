package org.talaria.internal.engine;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * A claim that a stack which ended left open in spite of all: where compiled code meets its first failure, the interpreter goes on, whose frames are larger (R11). By the thread of
 * the claim, or when that has ended.
 */
final class LeftOpen {
    private LeftOpen() {}

    /**
     * Ends it. What has its number must not vanish: a whole range is published, a record that may not be written is one that could not be. What has none becomes padding.
     *
     * @param record the record, or the first of a range
     * @param length its length
     * @param rangeBytes of a range of several records; else 0
     * @param senderId of the sender
     * @param sequence the number that it took last
     */
    static void end(long record, int length, int rangeBytes, int senderId, int sequence) {
        long word = Mem.getLong(record + RecordDescriptor.SENDER_OFFSET);
        int number = (int) (word >>> 32);
        if ((int) word != senderId || number == 0 || number > sequence) {
            ClaimRing.abort(record, rangeBytes != 0 ? rangeBytes : RingDescriptor.align8(length));
            return;
        }
        if (rangeBytes == 0) {
            Mem.putInt(record + RecordDescriptor.TYPE_OFFSET, RecordDescriptor.CONTROL_ABANDONED);
        }
        ClaimRing.commit(record, length);
    }
}
