package org.talaria.tests.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Writes down what is done with Agrona's class, for {@code native/test/test_ring_oracle.cpp} to do the same with the C++ ring. A line a step:
 *
 * <pre>
 * ring CAPACITY POSITION                           a new ring, whose head and tail stand there
 * claim LENGTH INDEX                               of header and payload; -1 where there is no room
 * commit INDEX TYPE                                byte i of the payload is TYPE · 31 + i · 7
 * abort INDEX
 * range INDEX COUNT (TYPE LENGTH)…                 several claimed, filled and committed
 * read LIMIT COUNT                                 limit 0: again and again until nothing is left to read
 * </pre>
 *
 * Behind each stands {@code | TAIL HEAD}, then what has changed in the data: {@code OFFSET:BYTES} as hexadecimal digits, or
 * {@code OFFSET*N} zeroes.
 */
final class AgronaTrace {
    private static final int HEADER = 8;
    private static final int WORD = 8;

    private final int capacity;
    private final UnsafeBuffer buffer;
    private final ManyToOneRingBuffer ring;
    private final byte[] before;
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<Open> open = new ArrayList<>();
    private int nextType = 1;
    private boolean full = true;

    /** A claim that is not yet committed. */
    private record Open(int index, int type, int length) {}

    private AgronaTrace(int capacity, long position, Random random) {
        this.capacity = capacity;
        this.random = random;
        before = new byte[capacity];
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, 64));
        buffer.putLong(capacity + RingBufferDescriptor.TAIL_POSITION_OFFSET, position);
        buffer.putLong(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET, position);
        buffer.putLong(capacity + RingBufferDescriptor.HEAD_CACHE_POSITION_OFFSET, position);
        ring = new ManyToOneRingBuffer(buffer);
        text.append("ring ").append(capacity).append(' ').append(position).append('\n');
    }

    /** Random steps on a ring that begins at a position. */
    static String of(int capacity, long position, Random random, int steps) {
        AgronaTrace trace = new AgronaTrace(capacity, position, random);
        for (int i = 0; i < steps; i++) {
            trace.step();
        }
        return trace.text.toString();
    }

    /** Some time senders are faster than the reader, so that the ring is full and claims are refused; some time not. */
    private void step() {
        if (random.nextInt(40) == 0) {
            full = !full;
        }
        int kind = random.nextInt(12);
        if (kind < (full ? 6 : 4) || open.isEmpty() && kind < 9) {
            claim(HEADER + payload());
        } else if (kind < 8) {
            commit(open.remove(random.nextInt(open.size())));
        } else if (kind == 8) {
            abort(open.remove(random.nextInt(open.size())));
        } else if (kind == 9) {
            range(2 + random.nextInt(4));
        } else {
            read(full ? 1 : random.nextInt(4));
        }
        change();
    }

    private void read(int limit) {
        int count = ring.read((type, message, index, length) -> {}, limit == 0 ? Integer.MAX_VALUE : limit);
        for (long head = -1; limit == 0 && head != head(); ) {
            head = head();
            count += ring.read((type, message, index, length) -> {});
        }
        text.append("read ").append(limit).append(' ').append(count);
    }

    private int payload() {
        int most = ring.maxMsgLength();
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> most;
            case 2 -> most - random.nextInt(8);
            // Just too long for what is left before the end: padded, whether there is room at the start or not.
            case 3, 4, 5 -> (int) Math.min(most, toEnd());
            default -> random.nextInt(Math.min(most, 64));
        };
    }

    private long toEnd() {
        return capacity - (tail() & capacity - 1);
    }

    private void claim(int length) {
        int type = nextType++;
        int index = ring.tryClaim(type, length - HEADER);
        text.append("claim ").append(length).append(' ').append(index < 0 ? -1 : index - HEADER);
        if (index > 0) {
            open.add(new Open(index, type, length));
        }
    }

    private void commit(Open claim) {
        fill(claim.index, claim.type, claim.length);
        text.append("commit ").append(claim.index - HEADER).append(' ').append(claim.type);
    }

    private void fill(int index, int type, int length) {
        for (int i = 0; i < length - HEADER; i++) {
            buffer.putByte(index + i, (byte) (type * 31 + i * 7));
        }
        ring.commit(index);
    }

    private void abort(Open claim) {
        ring.abort(claim.index);
        text.append("abort ").append(claim.index - HEADER);
    }

    /** One claim of ours is so many of Agrona's where these lie one behind the other: where neither the end nor the head is in the way. */
    private void range(int count) {
        int[] lengths =
                random.ints(count, HEADER, HEADER + Math.min(40, capacity / 16)).toArray();
        int bytes = 0;
        for (int length : lengths) {
            bytes += BitUtil.align(length, WORD);
        }
        long tail = tail();
        if (bytes > toEnd() || bytes > capacity - (tail - head())) {
            claim(HEADER);
            return;
        }
        text.append("range ").append(tail & capacity - 1).append(' ').append(count);
        for (int length : lengths) {
            int type = nextType++;
            text.append(' ').append(type).append(' ').append(length);
            fill(ring.tryClaim(type, length - HEADER), type, length);
        }
    }

    private long tail() {
        return buffer.getLong(capacity + RingBufferDescriptor.TAIL_POSITION_OFFSET);
    }

    private long head() {
        return buffer.getLong(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET);
    }

    private void change() {
        text.append(" | ").append(tail()).append(' ').append(head());
        int at = 0;
        while (at < capacity) {
            if (isUnchanged(at)) {
                at += WORD;
            } else {
                at = isZero(at) ? zeroes(at) : bytes(at);
            }
        }
        text.append('\n');
        buffer.getBytes(0, before);
    }

    private boolean isUnchanged(int at) {
        for (int i = at; i < at + WORD; i++) {
            if (buffer.getByte(i) != before[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isZero(int at) {
        return buffer.getLong(at) == 0;
    }

    private int zeroes(int from) {
        int to = from;
        while (to < capacity && isZero(to) && !isUnchanged(to)) {
            to += WORD;
        }
        text.append(' ').append(from).append('*').append(to - from);
        return to;
    }

    private int bytes(int from) {
        text.append(' ').append(from).append(':');
        int to = from;
        while (to < capacity && !isZero(to) && !isUnchanged(to)) {
            for (int i = to; i < to + WORD; i++) {
                text.append(Character.forDigit(buffer.getByte(i) >> 4 & 0xF, 16))
                        .append(Character.forDigit(buffer.getByte(i) & 0xF, 16));
            }
            to += WORD;
        }
        return to;
    }
}
