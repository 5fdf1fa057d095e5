package org.talaria.tests.close;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.talaria.Talaria;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.journal.JournalProvider;
import org.talaria.internal.journal.JournalSource;
import org.talaria.internal.journal.JournalWriter;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.journal.Journal;

/** A journal that journals when a test says so, fails when a test says so, and keeps nothing. */
public final class FakeJournal implements JournalProvider, JournalWriter {
    private static final AtomicReference<FakeJournal> OPENED = new AtomicReference<>();

    private JournalSource source;
    private Thread failing;
    private int overflowsAtFlush = -1;

    /** For {@code ServiceLoader}. */
    public FakeJournal() {}

    /** Opens an engine whose journal this is; the class path's own is not looked for. */
    public static FakeJournal within(Path folder, Supplier<Talaria> open) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            Path services = Files.writeString(folder.resolve("services"), FakeJournal.class.getName());
            thread.setContextClassLoader(new Services(before, services.toUri().toURL()));
            Talaria unused = open.get();
            return OPENED.getAndSet(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static final class Services extends ClassLoader {
        private final URL services;

        Services(ClassLoader parent, URL services) {
            super(parent);
            this.services = services;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.endsWith(JournalProvider.class.getName())
                    ? Collections.enumeration(Collections.singleton(services))
                    : super.getResources(name);
        }
    }

    @Override
    public JournalWriter open(Journal journal, JournalSource of) {
        FakeJournal made = new FakeJournal();
        made.source = of;
        OPENED.set(made);
        return made;
    }

    private long shard(int shard) {
        long sections = source.regionAddress() + RegionDescriptor.SECTIONS_OFFSET;
        long shards = Mem.getLong(sections + 16L * RegionDescriptor.SECTION_SHARDS);
        return source.regionAddress() + shards + (long) shard * ShardDescriptor.BYTES;
    }

    /** From now on everything counts as journaled. */
    void keepUp() {
        for (int s = 0; s < source.rings(); s++) {
            Mem.putLongVolatile(shard(s) + ShardDescriptor.JOURNALED_OFFSET, Long.MAX_VALUE);
            source.journaled(s);
        }
    }

    /** Position up to which a shard counts as journaled. */
    long journaled(int shard) {
        return Mem.getLongVolatile(shard(shard) + ShardDescriptor.JOURNALED_OFFSET);
    }

    /** Overflows that had something when {@code flush} came; −1: it did not come. */
    int overflowsAtFlush() {
        return overflowsAtFlush;
    }

    /** The journal cannot be written any more. On a thread of its own, as the real one. */
    void fail(Throwable cause) {
        failing = new Thread(() -> source.journalFailed(cause), "fake-journal");
        failing.start();
    }

    /** Waits until the engine knows. */
    void awaitFailure() {
        try {
            failing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("waited in vain", e);
        }
    }

    @Override
    public void start() {}

    @Override
    public void flush() {
        int waiting = 0;
        for (int s = 0; s < source.rings(); s++) {
            waiting += Mem.getIntVolatile(shard(s) + ShardDescriptor.OVERFLOW_FLAG_OFFSET);
        }
        overflowsAtFlush = waiting;
    }

    @Override
    public long publishedBytes() {
        return 0;
    }

    @Override
    public void write(JournalEntry entry) {}

    /** Like the real one: joins its thread. */
    @Override
    public void close() {
        if (failing != null) {
            awaitFailure();
        }
    }
}
