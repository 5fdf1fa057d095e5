package org.talaria.internal.engine;

import static org.talaria.internal.memory.ShardDescriptor.STATE_READY;

import org.talaria.internal.memory.Mem;

/** The duty cycle of the Java engine's one worker: what {@code native/src/dispatch/worker.cpp} does, in Java. One thread at a time. */
final class JavaDrainer {
    private final JavaEngine engine;
    private final ShardDrainer drainer;
    private final JavaMover mover;
    private final int batchRecords;
    private int next;
    private boolean busy;

    JavaDrainer(JavaEngine engine) {
        this.engine = engine;
        drainer = new ShardDrainer(engine, 0, engine.config().blockBytes());
        mover = new JavaMover(engine, drainer);
        batchRecords = engine.config().batchRecords();
    }

    /** Whether the last lap had a turn, if only to reclaim or to flush. */
    boolean busy() {
        return busy;
    }

    /** One lap: a turn on each ready shard, behind the one served last (R10). @return records handled, dead or flushed */
    int lap(Sender sender) {
        int work = 0;
        busy = false;
        mover.moveIfAsked(sender);
        int shards = engine.scanShards();
        for (int i = 0; i < shards; i++) {
            int shard = next < shards ? next : 0;
            next = shard + 1;
            if (drainer.take(shard)) {
                work += drainer.serve(shard, batchRecords, sender);
                busy = true;
            }
        }
        return work;
    }

    /** Whether any shard is READY and unowned: the second look before parking (R6). */
    boolean anyReady() {
        for (int shard = 0; shard < engine.scanShards(); shard++) {
            if (Mem.getIntVolatile(engine.stateAddress(shard)) == STATE_READY) {
                return true;
            }
        }
        return false;
    }
}
