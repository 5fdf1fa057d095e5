package org.talaria.tests.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.ring.ClaimRing;

/**
 * Two rings that are told the same: ours and Agrona's. After each step their bytes are equal: the data, the tail and the head. (The cached
 * head, which we keep in a field, and the correlation counter and heartbeat, which we do not use, are not compared.)
 */
final class TwinRings {
    private static final int HEADER = 8;

    private final int capacity;
    private final ByteBuffer ourMemory;
    private final UnsafeBuffer ours;
    private final UnsafeBuffer theirs;
    private final ClaimRing ring;
    private final ManyToOneRingBuffer oracle;
    private final List<Open> open = new ArrayList<>();
    private int nextType = 1;

    /** A claim that is not yet committed, on both sides. */
    private record Open(long record, int length, int index) {}

    TwinRings(int capacity, long position) {
        this.capacity = capacity;
        int length = (int) ClaimRing.lengthBytes(capacity);
        ourMemory = BufferUtil.allocateDirectAligned(length, 64);
        ours = new UnsafeBuffer(ourMemory);
        theirs = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, 64));
        for (UnsafeBuffer buffer : List.of(ours, theirs)) {
            buffer.putLong(capacity + RingBufferDescriptor.TAIL_POSITION_OFFSET, position);
            buffer.putLong(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET, position);
            buffer.putLong(capacity + RingBufferDescriptor.HEAD_CACHE_POSITION_OFFSET, position);
        }
        ring = new ClaimRing(ours.addressOffset(), capacity);
        oracle = new ManyToOneRingBuffer(theirs);
    }

    /** Bytes of the largest payload. */
    int most() {
        return oracle.maxMsgLength();
    }

    int open() {
        return open.size();
    }

    /** Claims a record on both sides, or is refused by both. */
    boolean claim(int payload) {
        int length = payload + HEADER;
        int type = nextType++;
        int index = oracle.tryClaim(type, payload);
        long record = ring.claim(BitUtil.align(length, 8));
        if (index < 0) {
            assertTrue(record <= 0, "Agrona has no room, we have");
            return false;
        }
        if (record <= 0) {
            fail("Agrona has room, we have none");
        }
        assertEquals(index - HEADER, record - ours.addressOffset(), "claimed elsewhere");
        ClaimRing.open(record, length);
        Mem.putInt(record + 4, type);
        open.add(new Open(record, length, index));
        return true;
    }

    /** Writes and commits one of the open claims. */
    void commit(Random random) {
        Open claim = open.remove(random.nextInt(open.size()));
        for (int i = 0; i < claim.length - HEADER; i++) {
            byte value = (byte) random.nextInt();
            theirs.putByte(claim.index + i, value);
            Mem.putByte(claim.record + HEADER + i, value);
        }
        oracle.commit(claim.index);
        ClaimRing.commit(claim.record, claim.length);
    }

    /** Aborts one of the open claims. */
    void abort(Random random) {
        Open claim = open.remove(random.nextInt(open.size()));
        oracle.abort(claim.index);
        ClaimRing.abort(claim.record, claim.length);
    }

    /** Reads up to {@code limit} records with Agrona's reader from both; what they read is equal. */
    int read(int limit) {
        List<String> ourRecords = new ArrayList<>();
        List<String> theirRecords = new ArrayList<>();
        ManyToOneRingBuffer readerOfOurs = new ManyToOneRingBuffer(ours);
        int read = oracle.read(
                (type, buffer, index, length) -> theirRecords.add(text(type, buffer, index, length)), limit);
        readerOfOurs.read((type, buffer, index, length) -> ourRecords.add(text(type, buffer, index, length)), limit);
        assertEquals(theirRecords, ourRecords);
        return read;
    }

    /** The same, but ours are walked and reclaimed by our own drainer's steps. */
    int readAsWeDo() {
        long head = ring.head();
        long tail = ring.tail();
        long position = head;
        int records = 0;
        while (position < tail) {
            long record = ring.address(position);
            int length = Mem.getIntVolatile(record);
            if (length <= 0 || ring.toEnd(head) < capacity && position - head >= ring.toEnd(head)) {
                break;
            }
            records += Mem.getInt(record + 4) > 0 ? 1 : 0;
            position += BitUtil.align(length, 8);
        }
        int theirs = oracle.read((type, buffer, index, length) -> {}, Integer.MAX_VALUE);
        assertEquals(theirs, records);
        if (position != head) {
            ring.reclaim(head, position);
        }
        return records;
    }

    private static String text(int type, org.agrona.MutableDirectBuffer buffer, int index, int length) {
        StringBuilder text = new StringBuilder().append(type).append(':');
        for (int i = 0; i < length; i++) {
            text.append(Integer.toHexString(buffer.getByte(index + i) & 0xFF)).append(' ');
        }
        return text.toString();
    }

    void compare() {
        for (int i = 0; i < capacity; i += 8) {
            if (ours.getLong(i) != theirs.getLong(i)) {
                fail("byte " + i + " of the data: ours " + Long.toHexString(ours.getLong(i)) + ", Agrona's "
                        + Long.toHexString(theirs.getLong(i)));
            }
        }
        long tail = theirs.getLong(capacity + RingBufferDescriptor.TAIL_POSITION_OFFSET);
        assertEquals(tail, ours.getLong(capacity + RingBufferDescriptor.TAIL_POSITION_OFFSET), "tail");
        assertEquals(tail, ring.tail());
        long head = theirs.getLong(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET);
        assertEquals(head, ours.getLong(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET), "head");
        assertEquals(head, ring.head());
    }
}
