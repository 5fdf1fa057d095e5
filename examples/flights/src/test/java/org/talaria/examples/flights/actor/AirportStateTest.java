package org.talaria.examples.flights.actor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.talaria.examples.flights.message.Arrival;
import org.talaria.examples.flights.message.Departure;

class AirportStateTest {
    private static Departure departure(int delay) {
        return new Departure("AAA", "BBB", 100, delay, 7);
    }

    private static byte[] bytes(AirportState state) {
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        state.write(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void countsDeparturesAndHashesTheirOrder() {
        AirportState state = new AirportState("AAA");
        state.departed(departure(5));
        state.departed(departure(-3));
        state.departed(departure(10));
        assertEquals(3, state.departures());
        assertEquals(12, state.delayMinutesSum());
        assertEquals(-3, state.delayMinutesMin());
        assertEquals(10, state.delayMinutesMax());
        // ((0·31 + 5)·31 − 3)·31 + 10
        assertEquals(4_722, state.orderHash());
    }

    @Test
    void theHashWrapsAt32Bits() {
        AirportState state = new AirportState("AAA");
        state.departed(departure(-1));
        assertEquals("4294967295", Integer.toUnsignedString(state.orderHash()));
        state.departed(departure(0));
        assertEquals("4294967265", Integer.toUnsignedString(state.orderHash()));
    }

    @Test
    void arrivalsTouchNothingElse() {
        AirportState state = new AirportState("AAA");
        state.arrived(new Arrival("BBB", 7));
        assertEquals(1, state.arrivals());
        assertEquals(0, state.departures());
        assertEquals(0, state.orderHash());
    }

    @Test
    void theSnapshotTellsOrderApart() {
        AirportState one = new AirportState("AAA");
        one.departed(departure(1));
        one.departed(departure(2));
        AirportState other = new AirportState("AAA");
        other.departed(departure(2));
        other.departed(departure(1));
        assertFalse(Arrays.equals(bytes(one), bytes(other)));
        assertArrayEquals(bytes(one), bytes(one));
    }

    @Test
    void theBoardKeepsTheLastDepartures() {
        AirportState state = new AirportState("AAA");
        for (int i = 0; i < AirportState.BOARD_LINES; i++) {
            state.departed(departure(0));
        }
        int full = bytes(state).length;
        state.departed(departure(0));
        assertEquals(full, bytes(state).length);
    }
}
