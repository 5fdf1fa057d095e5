package org.talaria.journal.verify;

/** A queue of longs without boxes; grows. */
final class LongQueue {
    private long[] items = new long[64];
    private int head;
    private int size;

    void add(long value) {
        if (size == items.length) {
            grow();
        }
        items[head + size & items.length - 1] = value;
        size++;
    }

    private void grow() {
        long[] larger = new long[2 * items.length];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        items = larger;
        head = 0;
    }

    long get(int i) {
        return items[head + i & items.length - 1];
    }

    void remove(int count) {
        head = head + count & items.length - 1;
        size -= count;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
