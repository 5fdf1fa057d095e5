package org.talaria.internal.engine;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;
import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.message.Codec;

/** Where a claim held by user code is written (R12): whole record images in memory of its thread's own, copied into the ring by one claim at the commit. */
public final class Staging extends Padding {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int HEADER = RecordDescriptor.HEADER_BYTES;

    private final Codec<?> codec;
    private final long lengthWord;
    private final int recordBytes;
    private final Memory memory = new Memory();
    private @Nullable BaseRef<?> to;
    /** Records that the open claim may have; 0: none is open. */
    private int most;

    private int count;
    private int used;
    private int current;

    /** Staging for messages of one codec. */
    public Staging(Codec<?> codec) {
        this.codec = codec;
        int length = HEADER + codec.schema().fixedLength();
        lengthWord = RecordDescriptor.lengthWord(length, codec.schema().id());
        recordBytes = RingDescriptor.align8(length);
        CLEANER.register(this, memory);
    }

    /** Opens a claim. @throws IllegalStateException if one is open */
    public void begin(Ref<?> ref, int atMost) {
        if (to != null) {
            throw new IllegalStateException("this thread's claim of "
                    + codec.schema().name() + " to " + to.name() + " is still open: commit() or abort() it first");
        }
        if (atMost < 1) {
            throw new IllegalArgumentException("a batch of " + atMost + " records: give 1 or more");
        }
        to = (BaseRef<?>) ref;
        most = atMost;
        count = 0;
        used = 0;
    }

    /** Begins a record, its fixed part zeroed. @return the address of its payload */
    public long next() {
        if (count == most) {
            throw new IllegalStateException(
                    to == null
                            ? "the claim is not open: begin with of(…) or batch(…)"
                            : "the batch is full: it was opened for " + most + " records");
        }
        int end = memory.ensure((long) used + recordBytes);
        current = used;
        used = end;
        long record = memory.address + current;
        Mem.zeroWords(record + HEADER, recordBytes - HEADER);
        Mem.putLong(record, lengthWord);
        count++;
        return record + HEADER;
    }

    /** The payload of the current record. */
    public long address() {
        return memory.address + current + HEADER;
    }

    /** Appends to the current record's tail. @return the offset from its payload, 8-byte aligned */
    public int tail(int lengthBytes) {
        int length = Mem.getInt(memory.address + current);
        int offset = RingDescriptor.align8(length);
        long end = (long) offset + lengthBytes;
        used = memory.ensure(current + (end + RingDescriptor.ALIGNMENT - 1 & -RingDescriptor.ALIGNMENT));
        int newLength = (int) end;
        Mem.zero(memory.address + current + length, RingDescriptor.align8(newLength) - length);
        Mem.putInt(memory.address + current, newLength);
        return offset - HEADER;
    }

    /** Publishes all records by one claim. */
    public Outcome commit() {
        BaseRef<?> target = to;
        if (target == null) {
            throw new IllegalStateException("the claim is not open: it was committed or aborted before");
        }
        int records = count;
        abort();
        if (records == 0) {
            return Outcome.ACCEPTED;
        }
        return Batches.publish(target, codec, memory.address, used, records);
    }

    /** Forgets all records. */
    public void abort() {
        to = null;
        most = 0;
        count = 0;
    }

    /** Whether a claim is open. */
    public boolean open() {
        return to != null;
    }

    /** Off-heap memory that outlives the object that used it only until the cleaner comes. */
    private static final class Memory implements Runnable {
        /** The next power of two is an int still; a range of the largest ring is an eighth of this. */
        private static final int MOST_BYTES = 1 << 30;

        private long address;
        private int capacity;

        /** Makes room. @return {@code needed} */
        int ensure(long needed) {
            if (needed > capacity) {
                if (needed > MOST_BYTES) {
                    throw new TalariaException("a claim of more than " + MOST_BYTES
                            + " bytes: no ring takes that at once; commit smaller batches, and abort() this one");
                }
                int larger = Math.max(1_024, Integer.highestOneBit((int) needed - 1) << 1);
                long moved = Mem.allocate(larger);
                if (address != 0) {
                    Mem.copy(address, moved, capacity);
                    Mem.free(address);
                }
                address = moved;
                capacity = larger;
            }
            return (int) needed;
        }

        @Override
        public void run() {
            if (address != 0) {
                Mem.free(address);
            }
        }
    }
}
