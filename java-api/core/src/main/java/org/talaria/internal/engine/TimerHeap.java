package org.talaria.internal.engine;

import java.util.Arrays;

/** Entries of which the first due is at hand: a heap of four children a node, each entry knowing its place. Under its owner's lock. */
final class TimerHeap {
    private static final int CHILDREN_SHIFT = 2;
    private static final int FIRST_CAPACITY = 64;

    private TimerEntry[] heap = new TimerEntry[FIRST_CAPACITY];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The first due. Not of an empty heap. */
    TimerEntry first() {
        return heap[0];
    }

    void add(TimerEntry entry) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(size++, entry);
    }

    /** Takes an entry out, wherever it is. */
    void remove(TimerEntry entry) {
        int hole = entry.heapIndex;
        entry.heapIndex = TimerEntry.NOWHERE;
        TimerEntry last = heap[--size];
        heap[size] = null;
        if (last == entry) {
            return;
        }
        if (hole > 0 && last.isBefore(heap[parent(hole)])) {
            up(hole, last);
        } else {
            down(hole, last);
        }
    }

    private static int parent(int index) {
        return (index - 1) >> CHILDREN_SHIFT;
    }

    private void up(int from, TimerEntry entry) {
        int hole = from;
        while (hole > 0 && entry.isBefore(heap[parent(hole)])) {
            put(hole, heap[parent(hole)]);
            hole = parent(hole);
        }
        put(hole, entry);
    }

    private void down(int from, TimerEntry entry) {
        int hole = from;
        int child = firstChild(hole);
        while (child < size && heap[child].isBefore(entry)) {
            put(hole, heap[child]);
            hole = child;
            child = firstChild(hole);
        }
        put(hole, entry);
    }

    /** The child of a node that is due first; the size or more if it has none. */
    private int firstChild(int node) {
        int child = (node << CHILDREN_SHIFT) + 1;
        int end = Math.min(size, child + (1 << CHILDREN_SHIFT));
        int first = child;
        for (int other = child + 1; other < end; other++) {
            if (heap[other].isBefore(heap[first])) {
                first = other;
            }
        }
        return first;
    }

    private void put(int index, TimerEntry entry) {
        heap[index] = entry;
        entry.heapIndex = index;
    }
}
