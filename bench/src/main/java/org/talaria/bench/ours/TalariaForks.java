package org.talaria.bench.ours;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.bench.message.Task;
import org.talaria.bench.message.TaskView;
import org.talaria.bench.pipe.ForkRace;

/** Forks of one message over Java actors, of two workers. */
public final class TalariaForks implements ForkRace.Field {
    private static final int WORKERS = 2;
    private static final int SHARDS = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Talaria talaria;
    private final List<ActorRef<Task>> to = new ArrayList<>();

    /** Opens an engine with an actor for each place. */
    public TalariaForks(ForkRace.Place[] places) {
        talaria = Talaria.open(Ours.config().workers(WORKERS).shards(SHARDS));
        List<ActorRef<Task>> actors = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            ForkRace.Place place = places[i];
            actors.add(talaria.actor("place-" + i, TaskView.TYPE, task -> place.add(task.number())));
        }
        for (int i = 0; i < ForkRace.TASKS; i++) {
            to.add(actors.get(i % actors.size()));
        }
    }

    @Override
    public void forkAndJoin(long number) {
        if (!talaria.fork(to, new Task(number)).await(DEADLINE)) {
            throw new IllegalStateException("fork " + number + " did not end in time");
        }
    }

    @Override
    public void close() {
        talaria.close();
    }
}
