package org.talaria.internal.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.Drainer;

/** Drains a group of shards on the thread that owns it. */
final class GroupDrainer implements Drainer {
    private final Engine engine;
    private final String name;
    private final List<CalledShard> shards;
    private @Nullable Thread owner;
    private boolean draining;

    GroupDrainer(Engine engine, String name, List<CalledShard> shards) {
        this.engine = engine;
        this.name = name;
        this.shards = shards;
    }

    @Override
    public int drain() {
        return drain(engine.config().batchRecords() * shards.size());
    }

    @Override
    public int drain(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is out of range: give 1 or more messages");
        }
        own();
        if (draining || engine.ended()) {
            return 0;
        }
        draining = true;
        try {
            return drainAll(limit);
        } finally {
            draining = false;
        }
    }

    private int drainAll(int limit) {
        Sender sender = engine.senders().current();
        if (sender.turn() != null) {
            throw new IllegalStateException(
                    "a handler of another shard runs on this thread: drain when it has returned");
        }
        int drained = 0;
        boolean any = true;
        while (any && drained < limit) {
            any = false;
            for (CalledShard shard : shards) {
                int records = drained < limit ? shard.drainOnce(limit - drained, sender) : -1;
                if (records > 0) {
                    drained += records;
                    any = true;
                }
            }
        }
        return drained;
    }

    private synchronized void own() {
        Thread current = Thread.currentThread();
        if (owner == null || !owner.isAlive()) {
            owner = current;
        }
        if (owner != current) {
            throw new IllegalStateException("the group " + name + " is drained by thread " + owner.getName()
                    + ", and this is " + current.getName() + ": one thread drains it, the first that did");
        }
    }

    @Override
    public boolean ready() {
        return shards.stream().anyMatch(Receiving::isReady);
    }
}
