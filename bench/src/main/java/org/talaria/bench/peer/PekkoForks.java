package org.talaria.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.talaria.bench.pipe.ForkRace;

/**
 * The same among Pekko typed actors, joined in one of two ways: each task replies to an actor that counts, as its manual's aggregator; or all carry one latch, which is no
 * message but is cheaper. Settings: {@link PekkoRuntime}.
 */
public final class PekkoForks implements ForkRace.Field {
    private static final long DEADLINE_SECONDS = 60;

    private final PekkoRuntime<Actors> runtime;
    private final boolean replies;

    /** A task, one object for all of a fork: its number, and its join. */
    record Task(long number, CountDownLatch join) {}

    private record Actors(List<ActorRef<Task>> workers, ActorRef<Task> aggregator) {}

    /** Starts the actors. @param replies whether each task is answered; else it counts down the latch itself */
    public PekkoForks(ForkRace.Place[] places, boolean replies, Setting setting) throws Exception {
        this.replies = replies;
        runtime = new PekkoRuntime<>(setting, (context, props) -> {
            ActorRef<Task> aggregator = context.spawn(Behaviors.setup(Aggregator::new), "aggregator", props);
            List<ActorRef<Task>> workers = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                ForkRace.Place place = places[i];
                Behavior<Task> worker = Behaviors.setup(own -> new Worker(own, place, replies ? aggregator : null));
                workers.add(context.spawn(worker, "place-" + i, props));
            }
            return new Actors(workers, aggregator);
        });
    }

    private static final class Worker extends AbstractBehavior<Task> {
        private final ForkRace.Place place;
        private final @Nullable ActorRef<Task> aggregator;

        Worker(ActorContext<Task> context, ForkRace.Place place, @Nullable ActorRef<Task> aggregator) {
            super(context);
            this.place = place;
            this.aggregator = aggregator;
        }

        @Override
        public Receive<Task> createReceive() {
            return newReceiveBuilder().onMessage(Task.class, this::done).build();
        }

        private Behavior<Task> done(Task task) {
            place.add(task.number());
            if (aggregator != null) {
                aggregator.tell(task);
            } else {
                task.join().countDown();
            }
            return this;
        }
    }

    /** Counts the replies of one fork after another. */
    private static final class Aggregator extends AbstractBehavior<Task> {
        private int came;

        Aggregator(ActorContext<Task> context) {
            super(context);
        }

        @Override
        public Receive<Task> createReceive() {
            return newReceiveBuilder().onMessage(Task.class, this::count).build();
        }

        private Behavior<Task> count(Task task) {
            if (++came == ForkRace.TASKS) {
                came = 0;
                task.join().countDown();
            }
            return this;
        }
    }

    @Override
    public void forkAndJoin(long number) throws InterruptedException {
        CountDownLatch join = new CountDownLatch(replies ? 1 : ForkRace.TASKS);
        Task task = new Task(number, join);
        List<ActorRef<Task>> workers = runtime.actors().workers();
        for (int i = 0; i < ForkRace.TASKS; i++) {
            workers.get(i % workers.size()).tell(task);
        }
        if (!join.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("fork " + number + " did not end in time");
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
