package org.talaria.internal.engine;

import java.util.Arrays;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;

/**
 * To whom a fork goes, and how often to each: all get the same, so their order says nothing. By lane, as their homes are now, those in front that go one by one: bounded
 * mailboxes, times to live, endpoints that are gone.
 *
 * @param <M> type of the message
 */
final class ForkTargets<M> {
    /** In place of a lane. */
    static final int SINGLE = -1;

    private static final int FIRST_SIZE = 64;

    private BaseRef<M>[] refs;
    private int[] counts = new int[FIRST_SIZE];
    /** By hash: a number in refs, plus one; 0 = free. At most half is used. */
    private int[] table = new int[2 * FIRST_SIZE];

    private int size;
    private int[] lanes = {};
    /** Numbers in refs, by lane. */
    private int[] order = {};

    @SuppressWarnings({"unchecked", "rawtypes"})
    ForkTargets(BaseRef<M>[] to) {
        refs = new BaseRef[FIRST_SIZE];
        BaseRef<M> last = null;
        int number = 0;
        for (BaseRef<M> ref : to) {
            if (ref != last) {
                number = number(ref);
                last = ref;
            }
            counts[number]++;
        }
    }

    private int number(BaseRef<M> ref) {
        int at = place(ref);
        if (table[at] != 0) {
            return table[at] - 1;
        }
        if (size == refs.length) {
            grow();
            at = place(ref);
        }
        refs[size] = ref;
        table[at] = ++size;
        return size - 1;
    }

    private int place(BaseRef<M> ref) {
        int mask = table.length - 1;
        int at = ref.cell().index() & mask;
        while (table[at] != 0 && refs[table[at] - 1] != ref) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        refs = Arrays.copyOf(refs, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        table = new int[4 * size];
        for (int i = 0; i < size; i++) {
            table[place(refs[i])] = i + 1;
        }
    }

    /** Different references. */
    int size() {
        return size;
    }

    /** One of them, as first named. */
    BaseRef<M> named(int number) {
        return refs[number];
    }

    /** The reference at a place of the order. */
    BaseRef<M> ref(int place) {
        return refs[order[place]];
    }

    /** How often it is named. */
    int count(int place) {
        return counts[order[place]];
    }

    /** Its lane, or SINGLE. */
    int lane(int place) {
        return lanes[order[place]];
    }

    /** Puts them in their order. @param ranges false: all go one by one */
    void arrange(Engine engine, boolean ranges) {
        lanes = new int[size];
        order = new int[size];
        int[] starts = new int[engine.lanes().lanes() + 2];
        for (int i = 0; i < size; i++) {
            lanes[i] = ranges ? laneOf(engine, refs[i]) : SINGLE;
            starts[lanes[i] + 2]++;
        }
        for (int lane = 1; lane < starts.length; lane++) {
            starts[lane] += starts[lane - 1];
        }
        for (int i = 0; i < size; i++) {
            order[starts[lanes[i] + 1]++] = i;
        }
    }

    private static int laneOf(Engine engine, BaseRef<?> ref) {
        Cell<?> cell = ref.cell();
        long home = Mem.getLongVolatile(cell.row());
        boolean plain = !cell.counted() && ref.timeToLiveNs() == 0 && HomeWord.half(home) == cell.liveHalf();
        return plain ? engine.lanes().laneOf((int) home, ref.priority()) : SINGLE;
    }
}
