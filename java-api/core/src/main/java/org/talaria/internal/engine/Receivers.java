package org.talaria.internal.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.talaria.Drainer;
import org.talaria.ShardGroup.Kind;
import org.talaria.TalariaException;
import org.talaria.internal.memory.ShardPlan;

/** The shards that receivers drain (R8), and who is told when one of them has something. */
final class Receivers {
    private final Engine engine;
    private final int first;
    private final @Nullable Receiving[] shards;
    private final ConcurrentHashMap<String, GroupDrainer> drainers = new ConcurrentHashMap<>();

    Receivers(Engine engine) {
        this.engine = engine;
        ShardPlan plan = engine.layout().plan();
        first = plan.workerShards();
        shards = new Receiving[plan.receiverShards()];
    }

    /** A shard has memory now. Under the control lock. */
    void open(int shard, int worker) {
        shards[shard - first] = receiving(shard, worker);
    }

    private Receiving receiving(int shard, int worker) {
        for (ShardPlan.Group group : engine.layout().plan().groups()) {
            if (shard >= group.first() && shard < group.end()) {
                Executor executor = group.spec().executor();
                return executor == null
                        ? new CalledShard(engine, group.spec().name(), shard, worker)
                        : new TaskShard(engine, group.spec().name(), shard, worker, executor);
            }
        }
        throw new IllegalArgumentException("no receiver drains shard " + shard);
    }

    /** A shard became READY (R1): whoever made it so tells. Any thread, in the middle of a send: quick. */
    void ready(int shard) {
        Receiving receiving = shards[shard - first];
        if (receiving != null) {
            receiving.ready();
        }
    }

    /** What became READY by native code, or whose telling was refused, comes here too. On the completer. @return whether a task waits to be tried again */
    boolean poll(boolean all) {
        boolean waits = false;
        for (Receiving receiving : shards) {
            if (receiving != null) {
                waits |= receiving.poll(all);
            }
        }
        return waits;
    }

    /** A receiver's shard. */
    CalledShard called(int shard) {
        Receiving receiving = shards[shard - first];
        if (receiving instanceof CalledShard called) {
            return called;
        }
        throw new IllegalArgumentException("shard " + shard + " is drained by tasks");
    }

    /** The drainer of a group. */
    Drainer drainer(String name) {
        for (ShardPlan.Group group : engine.layout().plan().groups()) {
            if (group.spec().name().equals(name) && !ShardPlan.isReserved(name)) {
                if (group.spec().kind() != Kind.CALLER) {
                    throw new TalariaException("the group " + name + " is drained by "
                            + (group.spec().kind() == Kind.WORKERS ? "the engine's workers" : "tasks of its executor")
                            + ": give it drainedByCaller()");
                }
                return drainers.computeIfAbsent(name, same -> make(group));
            }
        }
        throw new TalariaException(
                "there is no shard group " + name + ": open with config().group(ShardGroup.named(\"" + name + "\")…)");
    }

    /** At the end: takes all shards, so that no receiver begins another turn. @return those that a receiver is in the middle of */
    BitSet holdAll() {
        BitSet busy = new BitSet();
        for (Receiving receiving : shards) {
            if (receiving != null && !receiving.holdForEver()) {
                busy.set(receiving.shard);
            }
        }
        return busy;
    }

    private GroupDrainer make(ShardPlan.Group group) {
        List<CalledShard> of = new ArrayList<>();
        for (int shard = group.first(); shard < group.end(); shard++) {
            engine.lifecycle().open(shard);
            of.add(called(shard));
        }
        return new GroupDrainer(engine, group.spec().name(), of);
    }

    /** Closing, or discarding what is left: whoever closes drains what nobody else does. @return messages */
    int drainRest() {
        int work = 0;
        for (Receiving receiving : shards) {
            if (receiving != null) {
                work += receiving.drainRest();
            }
        }
        return work;
    }
}
