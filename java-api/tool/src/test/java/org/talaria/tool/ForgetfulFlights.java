package org.talaria.tool;

import org.talaria.examples.flights.FlightsReplay;
import org.talaria.examples.flights.message.CollectorMessage;
import org.talaria.journal.replay.ReplayApplication;
import org.talaria.journal.replay.ReplayRegistry;

/** The demonstration's handlers, but for a collector that does nothing: it gives no answers, as it did in the run. */
public final class ForgetfulFlights implements ReplayApplication {
    @Override
    public void register(ReplayRegistry registry) {
        registry.matching(
                "collector"::equals, (name, actors) -> actors.actor(name, CollectorMessage.class, message -> {}));
        new FlightsReplay().register(registry);
    }
}
