package org.talaria.journal.write;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.journal.JournalSource;
import org.talaria.internal.journal.JournalWriter;

/** The journaler's thread and the way to it. */
final class Journaler implements JournalWriter {
    private static final System.Logger LOG = System.getLogger(Journaler.class.getName());
    private static final long FLUSH_PARK_NS = 20_000;
    /** Handling waits for the journaler: it must not sleep long. */
    private static final long WRITE_AHEAD_PARK_NS = 2_000_000;
    /** Nobody waits but a flush, which wakes it. */
    private static final long ASYNC_PARK_NS = 10_000_000;

    private final Duty duty;
    private final JournalSource source;
    private final Thread thread = new Thread(this::loop, "talaria-journal");
    private volatile boolean closing;
    private volatile long laps;
    private volatile @Nullable Throwable failure;
    private boolean begun;
    private boolean closed;

    Journaler(Duty duty, JournalSource source) {
        this.duty = duty;
        this.source = source;
        thread.setDaemon(true);
    }

    @Override
    public synchronized void start() {
        if (!begun) {
            begun = true;
            if (attempt(duty::begin)) {
                thread.start();
            }
        }
    }

    /** What may fail for want of disk. */
    private interface Writing {
        void run() throws IOException;
    }

    private boolean attempt(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            // Error too: a store into a page that the disk has no room for surfaces as InternalError.
            fail(e);
            return false;
        }
    }

    private void loop() {
        attempt(() -> {
            Backoff backoff = new Backoff(duty.writeAhead() ? WRITE_AHEAD_PARK_NS : ASYNC_PARK_NS);
            while (!closing) {
                if (duty.run()) {
                    backoff.reset();
                    laps++;
                } else {
                    laps++;
                    backoff.idle();
                }
            }
        });
    }

    private void fail(Throwable cause) {
        failure = cause;
        LOG.log(System.Logger.Level.ERROR, "the journal cannot be written any more: " + cause.getMessage(), cause);
        source.journalFailed(cause);
    }

    @Override
    public void flush() {
        List<ShardFollower> shards = duty.shards();
        long[] tails = new long[shards.size()];
        for (int s = 0; s < tails.length; s++) {
            tails[s] = shards.get(s).tail();
        }
        for (int s = 0; s < tails.length; s++) {
            while (running() && shards.get(s).published() < tails[s]) {
                nudge();
            }
        }
        // Turn logs and entries come behind the blocks of a lap: one whole lap more.
        long until = laps + 2;
        while (running() && laps < until) {
            nudge();
        }
    }

    private boolean running() {
        return failure == null && thread.isAlive();
    }

    private void nudge() {
        LockSupport.unpark(thread);
        LockSupport.parkNanos(this, FLUSH_PARK_NS);
    }

    @Override
    public long publishedBytes() {
        return duty.writer().bytes();
    }

    @Override
    public void write(JournalEntry entry) {
        duty.dictionary().write(entry);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        LockSupport.unpark(thread);
        awaitThread();
        if (begun && failure == null) {
            attempt(duty::end);
        }
        duty.writer().store().close();
    }

    private void awaitThread() {
        boolean interrupted = false;
        // A listener that closes from here: the loop is left as soon as it returns
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
