package org.talaria.examples.flights;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.talaria.ActorRef;
import org.talaria.examples.flights.message.AirportMessage;
import org.talaria.examples.flights.message.Board;
import org.talaria.examples.flights.message.BoardQuery;

/** Measures round trips: one thread calls airports, one after the other, on a quiet engine. */
final class CallTimer {
    private static final int CALLS = 20_000;
    private static final int LEAST_CALLS = 200;
    private static final int WARM_UP = 2_000;
    private static final long LONGEST_NS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int CHECK_EVERY = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Interruption interruption;
    private final Histogram histogram = new Histogram(PATIENCE.toNanos(), SIGNIFICANT_DIGITS);

    CallTimer(Interruption interruption) {
        this.interruption = interruption;
    }

    /** Calls until there are enough figures, or it has taken long enough. */
    Histogram measure(List<ActorRef<AirportMessage>> airports) {
        List<ActorRef<AirportMessage>> targets =
                airports.stream().map(airport -> airport.within(PATIENCE)).toList();
        if (!targets.isEmpty()) {
            call(targets, LEAST_CALLS, WARM_UP);
            histogram.reset();
            call(targets, LEAST_CALLS, CALLS);
        }
        return histogram;
    }

    private void call(List<ActorRef<AirportMessage>> targets, int least, int most) {
        long end = System.nanoTime() + LONGEST_NS;
        for (int i = 0; i < most && (i < least || System.nanoTime() - end < 0); i++) {
            if (i % CHECK_EVERY == 0) {
                interruption.check();
            }
            long took = call(targets.get(i % targets.size()), i);
            histogram.recordValue(Math.min(took, histogram.getHighestTrackableValue()));
        }
    }

    private static long call(ActorRef<AirportMessage> airport, int number) {
        long start = System.nanoTime();
        Board board = airport.call(new BoardQuery(number));
        long took = System.nanoTime() - start;
        if (board.number() != number) {
            throw new DemoException(
                    ExitCode.FAILED, airport.name() + " answered call " + board.number() + " instead of " + number);
        }
        return took;
    }
}
