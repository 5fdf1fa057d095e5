package org.talaria.bench.peer;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.talaria.bench.pipe.RelayCheck;
import org.talaria.bench.pipe.RelayRace;

/** The relay race among Pekko typed actors. Settings: {@link PekkoRuntime}. */
public final class PekkoRelay implements RelayRace.Field {
    private final PekkoRuntime<List<ActorRef<Token>>> runtime;

    /** A token: how far it has come, how far it goes. */
    record Token(int id, int hops, int last) {}

    /** Starts the actors. */
    public PekkoRelay(RelayCheck check, Setting setting) throws Exception {
        List<ActorRef<Token>> runners = new ArrayList<>();
        runtime = new PekkoRuntime<>(setting, (context, props) -> {
            for (int i = 0; i < RelayRace.ACTORS; i++) {
                int place = i;
                Behavior<Token> runner = Behaviors.setup(own -> new Runner(own, runners, place, check));
                runners.add(context.spawn(runner, "runner-" + place, props));
            }
            return runners;
        });
    }

    private static final class Runner extends AbstractBehavior<Token> {
        private final List<ActorRef<Token>> runners;
        private final int place;
        private final RelayCheck check;

        Runner(ActorContext<Token> context, List<ActorRef<Token>> runners, int place, RelayCheck check) {
            super(context);
            this.runners = runners;
            this.place = place;
            this.check = check;
        }

        @Override
        public Receive<Token> createReceive() {
            return newReceiveBuilder().onMessage(Token.class, this::pass).build();
        }

        private Behavior<Token> pass(Token token) {
            if (check.passes(token.id(), token.hops(), token.last(), place)) {
                runners.get(RelayRace.next(place)).tell(new Token(token.id(), token.hops() + 1, token.last()));
            }
            return this;
        }
    }

    @Override
    public void start(int token, int last) {
        runtime.actors().get(RelayRace.first(token)).tell(new Token(token, 0, last));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
