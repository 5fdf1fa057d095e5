package org.talaria.examples.flights;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.NativeHandler;
import org.talaria.Talaria;
import org.talaria.examples.flights.actor.AirportActor;
import org.talaria.examples.flights.actor.AirportState;
import org.talaria.examples.flights.actor.CollectorActor;
import org.talaria.examples.flights.actor.Directory;
import org.talaria.examples.flights.actor.Names;
import org.talaria.examples.flights.actor.RouteActor;
import org.talaria.examples.flights.actor.StateBytes;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.AnswersTo;
import org.talaria.examples.flights.message.CollectorMessage;
import org.talaria.examples.flights.message.RouteMessage;
import org.talaria.examples.flights.message.StatePart;
import org.talaria.examples.flights.message.StateQuery;
import org.talaria.message.Address;

/** The endpoints of a run. The thread that sends the flights makes the airports; handlers look them up. */
final class LiveEndpoints implements Directory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Talaria talaria;
    private final Map<String, ActorRef<AirportMessage>> airports = new ConcurrentHashMap<>();
    private final List<AirportActor> actors = new ArrayList<>();
    private final CollectorActor collectorActor = new CollectorActor();
    private final ActorRef<CollectorMessage> collector;
    private final ActorRef<RouteMessage> routes;

    /** @param handler the C++ route statistics; null = their Java twin */
    LiveEndpoints(Talaria talaria, @Nullable NativeHandler handler) {
        this.talaria = talaria;
        this.collector = talaria.actor(Names.COLLECTOR, () -> collectorActor);
        this.routes = handler == null
                ? talaria.actor(Names.ROUTES_TWIN, () -> new RouteActor(this))
                : talaria.nativeActor(Names.ROUTES, RouteMessage.class, handler);
        routes.tell(new AnswersTo(Address.of(collector))).orThrow();
    }

    /** The airport of a code; one not seen before is simply a new actor. The sending thread only. */
    ActorRef<AirportMessage> open(String code) {
        ActorRef<AirportMessage> known = airports.get(code);
        if (known != null) {
            return known;
        }
        AirportActor actor = new AirportActor(code, this);
        actors.add(actor);
        ActorRef<AirportMessage> made = talaria.actor(Names.airport(code), () -> actor);
        airports.put(code, made);
        return made;
    }

    @Override
    public ActorRef<AirportMessage> airport(String code) {
        ActorRef<AirportMessage> known = airports.get(code);
        if (known == null) {
            throw new IllegalStateException(
                    "airport " + code + " is not open: its actor is made before a flight to it is sent");
        }
        return known;
    }

    @Override
    public ActorRef<RouteMessage> routes() {
        return routes;
    }

    @Override
    public ActorRef<CollectorMessage> collector() {
        return collector;
    }

    /** The airports, in the order they were first seen. */
    List<ActorRef<AirportMessage>> airports() {
        return actors.stream().map(actor -> airport(actor.state().code())).toList();
    }

    /** The states of all endpoints, by name. On a quiet engine. */
    Map<String, byte[]> snapshots() {
        Map<String, byte[]> all = new TreeMap<>();
        actors.forEach(actor -> all.put(Names.airport(actor.state().code()), StateBytes.of(actor)));
        all.put(Names.COLLECTOR, StateBytes.of(collectorActor));
        all.put(routes.name(), routeState());
        return all;
    }

    /** The route statistics' state, asked for by messages: C++ memory is not to be looked into from here. */
    private byte[] routeState() {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        StatePart part;
        do {
            part = routes.call(new StateQuery(state.size()), PATIENCE);
            state.writeBytes(part.bytes());
        } while (state.size() < part.totalBytes());
        return state.toByteArray();
    }

    /** The airports' own states, by code. To be read when the engine is closed. */
    List<AirportState> states() {
        return actors.stream()
                .map(AirportActor::state)
                .sorted(Comparator.comparing(AirportState::code))
                .toList();
    }

    /** What the collector knows. To be read when the engine is closed. */
    CollectorActor collected() {
        return collectorActor;
    }
}
