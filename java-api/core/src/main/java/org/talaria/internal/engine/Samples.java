package org.talaria.internal.engine;

import java.nio.charset.StandardCharsets;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.Region;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.SampleDescriptor;

/**
 * The slots in which endpoints are told of that were found running. Who gives them and counts samples is the {@link Sampling}, one thread at a time; an endpoint's drainer
 * counts what it handles, in a slot that may be another's since a moment: figures, on which nothing depends.
 */
final class Samples {
    private final long slots;
    private final long rows;
    /** Slots below this were given once. */
    private int given = 1;

    Samples(Region region) {
        slots = region.section(RegionDescriptor.SECTION_SAMPLES);
        rows = region.rows();
    }

    private long address(int slot) {
        return slots + (long) slot * SampleDescriptor.BYTES;
    }

    /** So many messages of an endpoint are handled, whose row tells of this slot. Its drainer. */
    void handled(int slot, int messages) {
        add(address(slot) + SampleDescriptor.HANDLED_OFFSET, messages);
    }

    /** They took so long together. Its drainer. */
    void took(int slot, int messages, long ns) {
        int bucket = SampleDescriptor.bucketOf(ns / messages);
        add(address(slot) + SampleDescriptor.HISTOGRAM_OFFSET + 8L * bucket, messages);
    }

    /** An endpoint was found running. */
    void found(Cell<?> cell, int shard, long nowMs) {
        long row = rows + (long) cell.index() * EndpointDescriptor.BYTES;
        int slot = Mem.getIntVolatile(row + EndpointDescriptor.SLOT_OFFSET);
        if (slot == 0 || !tellsOf(slot, cell)) {
            slot = give(cell, row);
        }
        long at = address(slot);
        Mem.putInt(at + SampleDescriptor.SHARD_OFFSET, shard);
        Mem.putLongOrdered(at + SampleDescriptor.LAST_SAMPLE_MS_OFFSET, nowMs);
        add(at + SampleDescriptor.SAMPLES_OFFSET, 1);
    }

    private boolean tellsOf(int slot, Cell<?> cell) {
        return Mem.getInt(address(slot) + SampleDescriptor.INDEX_OFFSET) == cell.index()
                && Mem.getInt(address(slot) + SampleDescriptor.GENERATION_OFFSET) == cell.generation();
    }

    private int give(Cell<?> cell, long row) {
        int slot = given < SampleDescriptor.SLOTS ? given++ : longestAgo();
        long at = address(slot);
        takeAway(slot, at);
        byte[] name = cell.endpointName().getBytes(StandardCharsets.UTF_8);
        int length = cutOff(name);
        Mem.copyFromArray(name, 0, at + SampleDescriptor.NAME_OFFSET, length);
        Mem.putInt(at + SampleDescriptor.NAME_LENGTH_OFFSET, length);
        Mem.putInt(at + SampleDescriptor.INDEX_OFFSET, cell.index());
        // Last: a reader that sees the generation sees the rest
        Mem.putIntOrdered(at + SampleDescriptor.GENERATION_OFFSET, cell.generation());
        Mem.putIntOrdered(row + EndpointDescriptor.SLOT_OFFSET, slot);
        if (HomeWord.generation(HomeWord.half(Mem.getLongVolatile(row))) != cell.generation()) {
            // The row is another endpoint's by now
            Mem.putIntOrdered(row + EndpointDescriptor.SLOT_OFFSET, 0);
        }
        return slot;
    }

    /** What the endpoint before had; its row first, so that its drainer counts there no more. */
    private void takeAway(int slot, long at) {
        if (Mem.getInt(at + SampleDescriptor.GENERATION_OFFSET) != 0) {
            long row = rows + (long) Mem.getInt(at + SampleDescriptor.INDEX_OFFSET) * EndpointDescriptor.BYTES;
            Mem.casInt(row + EndpointDescriptor.SLOT_OFFSET, slot, 0);
            Mem.putIntVolatile(at + SampleDescriptor.GENERATION_OFFSET, 0);
        }
        Mem.zero(at, SampleDescriptor.BYTES);
    }

    private int longestAgo() {
        int oldest = 1;
        for (int slot = 2; slot < SampleDescriptor.SLOTS; slot++) {
            if (lastMs(slot) < lastMs(oldest)) {
                oldest = slot;
            }
        }
        return oldest;
    }

    private long lastMs(int slot) {
        return Mem.getLong(address(slot) + SampleDescriptor.LAST_SAMPLE_MS_OFFSET);
    }

    /** Length of what is kept of a name: no part of a character. */
    private static int cutOff(byte[] name) {
        if (name.length <= SampleDescriptor.NAME_BYTES) {
            return name.length;
        }
        int length = SampleDescriptor.NAME_BYTES;
        while (length > 0 && (name[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private static void add(long counter, long by) {
        Mem.putLongOrdered(counter, Mem.getLong(counter) + by);
    }
}
