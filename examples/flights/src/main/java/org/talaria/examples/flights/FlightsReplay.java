package org.talaria.examples.flights;

import java.util.HashMap;
import java.util.Map;
import org.talaria.ActorRef;
import org.talaria.examples.flights.actor.AirportActor;
import org.talaria.examples.flights.actor.CollectorActor;
import org.talaria.examples.flights.actor.Directory;
import org.talaria.examples.flights.actor.Names;
import org.talaria.examples.flights.actor.RouteActor;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.CollectorMessage;
import org.talaria.examples.flights.message.RouteMessage;
import org.talaria.journal.replay.ReplayApplication;
import org.talaria.journal.replay.ReplayRegistry;

/** The demonstration's handlers, for a replay of its journal: {@code talaria replay JOURNAL --app org.talaria.examples.flights.FlightsReplay}. */
public final class FlightsReplay implements ReplayApplication {
    @Override
    public void register(ReplayRegistry registry) {
        Directory directory = new Registered(registry);
        registry.matching(
                Names::isAirport,
                (name, actors) -> actors.actor(name, () -> new AirportActor(Names.code(name), directory)));
        registry.matching(Names.COLLECTOR::equals, (name, actors) -> actors.actor(name, CollectorActor::new));
        // The C++ statistics need no word: the journal names their library.
        registry.matching(
                Names.ROUTES_TWIN::equals, (name, actors) -> actors.actor(name, () -> new RouteActor(directory)));
    }

    /** Finds endpoints in a replay, and remembers them: a handler looks some up with each message. */
    private static final class Registered implements Directory {
        private final ReplayRegistry registry;
        private final Map<String, ActorRef<AirportMessage>> airports = new HashMap<>();

        Registered(ReplayRegistry registry) {
            this.registry = registry;
        }

        @Override
        public ActorRef<AirportMessage> airport(String code) {
            return airports.computeIfAbsent(code, absent -> registry.ref(Names.airport(absent), AirportMessage.class));
        }

        @Override
        public ActorRef<RouteMessage> routes() {
            String name = registry.endpoints().contains(Names.ROUTES_TWIN) ? Names.ROUTES_TWIN : Names.ROUTES;
            return registry.ref(name, RouteMessage.class);
        }

        @Override
        public ActorRef<CollectorMessage> collector() {
            return registry.ref(Names.COLLECTOR, CollectorMessage.class);
        }
    }
}
