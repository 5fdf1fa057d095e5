package org.talaria.bench.peer;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.talaria.bench.pipe.WorkCheck;
import org.talaria.bench.pipe.WorkRace;

/** The race with work among Pekko typed actors. Settings: {@link PekkoRuntime}. */
public final class PekkoWork implements WorkRace.Field {
    private final PekkoRuntime<List<ActorRef<Token>>> runtime;

    /** A token: how far it has come, how far it goes, what was worked on it. */
    record Token(int id, int hops, int last, long digest) {}

    /** Starts the actors. */
    public PekkoWork(WorkCheck check, Setting setting) throws Exception {
        List<ActorRef<Token>> runners = new ArrayList<>();
        runtime = new PekkoRuntime<>(setting, (context, props) -> {
            for (int i = 0; i < WorkRace.ACTORS; i++) {
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
        private final WorkCheck check;

        Runner(ActorContext<Token> context, List<ActorRef<Token>> runners, int place, WorkCheck check) {
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
            long worked = check.work().on(token.digest());
            if (check.passes(token.id(), token.hops(), token.last(), token.digest(), worked, place)) {
                runners.get(WorkRace.place(worked)).tell(new Token(token.id(), token.hops() + 1, token.last(), worked));
            }
            return this;
        }
    }

    @Override
    public void start(int token, int last, long digest) {
        runtime.actors().get(WorkRace.place(digest)).tell(new Token(token, 0, last, digest));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
