package org.talaria.internal.engine;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.journal.JournalEntry;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.SenderDescriptor;

/** Who sends: ids that are never reused (design 16.5), a slot a thread, and which endpoint an id belongs to. */
final class Senders {
    private final Engine engine;
    private final long base;
    private final ThreadLocal<WeakReference<Sender>> mine = new ThreadLocal<>();
    private final List<Sender> threads = new ArrayList<>();
    private final ArrayDeque<Long> free = new ArrayDeque<>();
    private final Int2ObjectHashMap<Cell<?>> endpoints = new Int2ObjectHashMap<>();
    /** An endpoint's later id to the one before: ids of messages that may still be on their way. */
    private final Int2IntHashMap succeeded = new Int2IntHashMap(0);

    Senders(Engine engine, int slots) {
        this.engine = engine;
        base = engine.region().section(RegionDescriptor.SECTION_SENDERS);
        for (int i = 1; i < slots; i++) {
            free.add(base + (long) i * SenderDescriptor.BYTES);
        }
    }

    /** The calling thread's sender; the engine holds it, so that a thread that lives on does not hold a closed engine. */
    Sender current() {
        WeakReference<Sender> known = mine.get();
        Sender sender = known == null ? null : known.get();
        if (sender == null) {
            sender = register(Thread.currentThread());
            mine.set(new WeakReference<>(sender));
        }
        return sender;
    }

    /** Whether the calling thread is in the middle of a turn. */
    boolean inTurn() {
        WeakReference<Sender> known = mine.get();
        Sender sender = known == null ? null : known.get();
        return sender != null && sender.turn() != null;
    }

    private synchronized Sender register(Thread thread) {
        if (free.size() < 64) {
            sweep();
        }
        Long slot = free.poll();
        if (slot == null) {
            throw new TalariaException(
                    "all sender slots are in use: more than 4,095 living threads send to one engine");
        }
        int id = nextId();
        Mem.putInt(slot + SenderDescriptor.SENDER_ID_OFFSET, id);
        Sender sender = new Sender(engine, thread, id, slot);
        threads.add(sender);
        engine.journal(new JournalEntry.SenderGiven(id, -1, 0, thread.getName()));
        return sender;
    }

    private int nextId() {
        int id = Mem.getAndAddInt(engine.region().address() + RegionDescriptor.NEXT_SENDER_ID_OFFSET, 1);
        if (id <= 0) {
            throw new TalariaException("sender ids are used up (2^31): reopen the engine");
        }
        return id;
    }

    /** Frees what threads that ended held: their waiters are wanted. */
    synchronized void reclaim() {
        sweep();
    }

    /** Folds the counts of threads that ended into slot 0 and frees their slots. */
    private void sweep() {
        Iterator<Sender> each = threads.iterator();
        while (each.hasNext()) {
            Sender sender = each.next();
            if (!sender.thread().isAlive()) {
                each.remove();
                sender.recover();
                long slot = sender.slot();
                Mem.putLong(base + 8, Mem.getLong(base + 8) + Mem.getLong(slot + 8));
                Mem.putLong(base + 16, Mem.getLong(base + 16) + Mem.getLong(slot + 16));
                Mem.zero(slot, SenderDescriptor.BYTES);
                free.add(slot);
                if (sender.calls().slot() >= 0) {
                    engine.waiters().release(sender.calls().slot());
                }
            }
        }
    }

    /** A new id for a thread whose sequence is used up. Journaled before any message can have it. */
    synchronized int succeed(Sender sender, int old) {
        int id = nextId();
        engine.journal(
                new JournalEntry.SenderSucceeds(id, old, -1, 0, sender.thread().getName()));
        Mem.putInt(sender.slot() + SenderDescriptor.SENDER_ID_OFFSET, id);
        return id;
    }

    /**
     * An id for an endpoint that sends, its first or a later one where its sequence is used up; by the holder of its shard, or at its creation. Journaled before any message can
     * have it; the row comes last, so that a failure before leaves the old id in force.
     */
    synchronized int give(Cell<?> cell) {
        int old = Mem.getInt(cell.row() + EndpointDescriptor.SENDER_ID_OFFSET);
        int id = nextId();
        endpoints.put(id, cell);
        if (old == 0) {
            engine.journal(new JournalEntry.SenderGiven(id, cell.index(), cell.generation(), cell.endpointName()));
        } else {
            succeeded.put(id, old);
            engine.journal(
                    new JournalEntry.SenderSucceeds(id, old, cell.index(), cell.generation(), cell.endpointName()));
        }
        Mem.putInt(cell.row() + EndpointDescriptor.SENDER_ID_OFFSET, id);
        return id;
    }

    /** The endpoint of a sender id; null for a thread. */
    synchronized @Nullable Cell<?> endpoint(int senderId) {
        return endpoints.get(senderId);
    }

    /** Forgets an endpoint that ended, with all ids it had. */
    synchronized void forget(Cell<?> cell) {
        int id = Mem.getInt(cell.row() + EndpointDescriptor.SENDER_ID_OFFSET);
        while (id != 0) {
            endpoints.remove(id);
            id = succeeded.remove(id);
        }
    }

    /** Messages accepted from threads. */
    synchronized long accepted() {
        return sum(SenderDescriptor.ACCEPTED_OFFSET);
    }

    /** Sends of threads that were not accepted. */
    synchronized long refused() {
        return sum(SenderDescriptor.REFUSED_OFFSET);
    }

    private long sum(int offset) {
        long sum = Mem.getLongVolatile(base + offset);
        for (Sender sender : threads) {
            sum += Mem.getLongVolatile(sender.slot() + offset);
        }
        return sum;
    }
}
