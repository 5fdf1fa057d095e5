package org.talaria.internal.engine;

import static org.talaria.internal.memory.RecordDescriptor.FLAG_JOIN;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;

/**
 * What one drainer has done of the join at hand and not yet taken off: records of one fork mostly come one after another. A record counts once, by who drained it; nothing here
 * throws, for then it would count again as one that failed. One thread at a time.
 */
final class JoinTally extends Padding {
    private final Engine engine;
    private long join;
    private int records;
    private int dead;

    JoinTally(Engine engine) {
        this.engine = engine;
    }

    /** A record was handled, or is dead; whether it is of a join says its flag. */
    void done(long record, boolean handled) {
        int flags = RecordDescriptor.flags(record);
        if ((flags & FLAG_JOIN) != 0) {
            // CORRELATION is the first extension
            add(Mem.getLong(record + RecordDescriptor.HEADER_BYTES), handled);
        }
    }

    private void add(long of, boolean handled) {
        if (of != join) {
            flush();
            join = of;
        }
        records++;
        dead += handled ? 0 : 1;
    }

    /** Takes off what was added; who takes off the last ends the join. */
    void flush() {
        int counted = records;
        if (counted != 0) {
            int ofThese = dead;
            records = 0;
            dead = 0;
            engine.joins().takeOff(join, counted, ofThese);
        }
    }
}
