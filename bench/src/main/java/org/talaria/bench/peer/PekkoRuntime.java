package org.talaria.bench.peer;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A Pekko actor system. Settings: throughput (messages a turn), threads, mailbox ({@code unbounded}, Pekko's default, or {@code single}, its queue for one consumer).
 *
 * @param <T> what its actors are reached by
 */
final class PekkoRuntime<T> implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private final ActorSystem<Void> system;
    private final T actors;

    /** Makes the actors of a system. */
    @FunctionalInterface
    interface Spawner<T> {
        /** Spawns them with the setting's properties. */
        T spawn(ActorContext<Void> context, Props props);
    }

    PekkoRuntime(Setting setting, Spawner<T> spawner) throws Exception {
        Props props = setting.text("mailbox").equals("single")
                ? Props.empty().withDispatcherFromConfig("bench-dispatcher").withMailboxFromConfig("bench-mailbox")
                : Props.empty().withDispatcherFromConfig("bench-dispatcher");
        CompletableFuture<T> made = new CompletableFuture<>();
        system = ActorSystem.create(
                Behaviors.setup(context -> {
                    made.complete(spawner.spawn(context, props));
                    return Behaviors.empty();
                }),
                "bench",
                config(setting));
        actors = made.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static Config config(Setting setting) {
        int threads = setting.number("threads");
        String text = String.join(
                "\n",
                "pekko { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, jvm-shutdown-hooks = off }",
                "bench-mailbox.mailbox-type = org.apache.pekko.dispatch.SingleConsumerOnlyUnboundedMailbox",
                "bench-dispatcher {",
                "  type = Dispatcher",
                "  executor = fork-join-executor",
                "  fork-join-executor { parallelism-min = " + threads + ", parallelism-max = " + threads + " }",
                "  throughput = " + setting.number("throughput"),
                "}");
        return ConfigFactory.parseString(text).withFallback(ConfigFactory.load());
    }

    ActorSystem<Void> system() {
        return system;
    }

    T actors() {
        return actors;
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
