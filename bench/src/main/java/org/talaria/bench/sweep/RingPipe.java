package org.talaria.bench.sweep;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.talaria.bench.peer.Setting;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.ring.ClaimRing;

/**
 * Records with our envelope in a bare ring, drained in blocks by a patient Java thread. Settings: capacity, patience (pauses), batch (records a claim), claim:
 * {@code agrona} (its class), {@code own} (our code), {@code own-fence} (our code, a full fence and the look at a state word after each commit: R3).
 */
final class RingPipe implements Pipe {
    private static final int TYPE = 1_024;
    private static final int HEADERS = 24;
    private static final int RECORD_HEADER = 8;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int PAGE = 4_096;

    private final Check check;
    private final int payload;
    private final int record;
    private final int batch;
    private final int patience;
    private final boolean fence;
    private final long allocated;
    private final long state;
    private final ClaimRing ring;
    private final ManyToOneRingBuffer agrona;
    private final boolean byAgrona;
    private final Thread drainer;
    private long drained;
    private volatile boolean stop;

    RingPipe(Check check, int payload, Setting setting) {
        this.check = check;
        this.payload = payload;
        record = HEADERS + payload;
        batch = setting.number("batch");
        patience = setting.number("patience");
        fence = setting.text("claim").equals("own-fence");
        byAgrona = setting.text("claim").equals("agrona");
        int capacity = setting.number("capacity");
        int length = capacity + RingDescriptor.TRAILER_BYTES;
        allocated = Mem.allocate(length + 2L * PAGE);
        Mem.zero(allocated, length + 2L * PAGE);
        long data = allocated + PAGE - 1 & -PAGE;
        state = data + RingDescriptor.align((long) length, 64);
        ring = new ClaimRing(data, capacity);
        agrona = new ManyToOneRingBuffer(new UnsafeBuffer(data, length));
        drainer = new Thread(this::drain, "drainer");
        drainer.start();
    }

    @Override
    public void send(long first, long count) {
        long end = first + count;
        if (byAgrona) {
            byAgrona(first, end);
        } else {
            for (long n = first; n < end; n += batch) {
                claim(n, (int) Math.min(batch, end - n));
            }
        }
    }

    private void byAgrona(long first, long end) {
        for (long n = first; n < end; n++) {
            int index;
            while ((index = agrona.tryClaim(TYPE, record - RECORD_HEADER)) < 0) {
                Thread.onSpinWait();
            }
            write(agrona.buffer().addressOffset() + index, n);
            agrona.commit(index);
        }
    }

    private void claim(long first, int count) {
        long at;
        while ((at = ring.claim(record * count)) <= 0) {
            Thread.onSpinWait();
        }
        // All but the first may be committed at once: nobody reads behind an open record.
        for (int i = 1; i < count; i++) {
            write(at + (long) i * record, first + i, record);
        }
        ClaimRing.open(at, record);
        Mem.putInt(at + 4, TYPE);
        write(at + RECORD_HEADER, first);
        ClaimRing.commit(at, record);
        if (fence) {
            Mem.fullFence();
            if (Mem.getIntVolatile(state) != 0) {
                throw new IllegalStateException("nobody sets this word");
            }
        }
    }

    private void write(long at, long n, int length) {
        Mem.putInt(at + 4, TYPE);
        write(at + RECORD_HEADER, n);
        Mem.putInt(at, length);
    }

    /** Envelope and payload. */
    private void write(long at, long n) {
        Mem.putInt(at, 1);
        Mem.putInt(at + 4, 1);
        Mem.putInt(at + 8, 1);
        Mem.putInt(at + 12, (int) n);
        for (int k = 0; k < payload; k += Long.BYTES) {
            Mem.putLong(at + 16 + k, n + k / Long.BYTES);
        }
    }

    private void drain() {
        while (!stop) {
            int bytes = block();
            if (bytes == 0) {
                for (int i = 0; i < patience; i++) {
                    Thread.onSpinWait();
                }
            } else {
                ring.reclaim(drained, drained + bytes);
                drained += bytes;
            }
        }
    }

    private int block() {
        long at = ring.address(drained);
        int most = Math.min(BLOCK_BYTES, ring.toEnd(drained));
        int done = 0;
        while (done < most) {
            int length = Mem.getIntVolatile(at + done);
            if (length <= 0) {
                break;
            }
            if (Mem.getInt(at + done + 4) != RingDescriptor.PADDING_TYPE) {
                read(at + done + HEADERS);
            }
            done += RingDescriptor.align8(length);
        }
        return done;
    }

    private void read(long at) {
        if (payload == 16) {
            check.two(Mem.getLong(at), Mem.getLong(at + 8));
        } else {
            check.eight(
                    Mem.getLong(at),
                    Mem.getLong(at + 8),
                    Mem.getLong(at + 16),
                    Mem.getLong(at + 24),
                    Mem.getLong(at + 32),
                    Mem.getLong(at + 40),
                    Mem.getLong(at + 48),
                    Mem.getLong(at + 56));
        }
    }

    @Override
    public void close() {
        stop = true;
        boolean interrupted = false;
        while (drainer.isAlive()) {
            try {
                drainer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Mem.free(allocated);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
