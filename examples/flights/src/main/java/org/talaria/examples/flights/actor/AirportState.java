package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.talaria.examples.flights.message.Arrival;
import org.talaria.examples.flights.message.Departure;

/** What an airport knows: counts, delays of its departures, the hash of their order, and a board of the last ones. One thread at a time. */
public final class AirportState {
    /** Departures that the board shows. */
    static final int BOARD_LINES = 8;

    private static final int HASH_FACTOR = 31;

    private final String code;
    private final Deque<Departure> board = new ArrayDeque<>();
    private long departures;
    private long arrivals;
    private long delayMinutesSum;
    private int delayMinutesMin = Integer.MAX_VALUE;
    private int delayMinutesMax = Integer.MIN_VALUE;
    private int orderHash;

    /** An airport without flights. */
    public AirportState(String code) {
        this.code = code;
    }

    /** Counts a departure. */
    public void departed(Departure flight) {
        int delay = flight.delayMinutes();
        departures++;
        delayMinutesSum += delay;
        delayMinutesMin = Math.min(delayMinutesMin, delay);
        delayMinutesMax = Math.max(delayMinutesMax, delay);
        // int arithmetic wraps: this is the hash modulo 2^32.
        orderHash = orderHash * HASH_FACTOR + delay;
        if (board.size() == BOARD_LINES) {
            board.removeFirst();
        }
        board.addLast(flight);
    }

    /** Counts an arrival. */
    public void arrived(Arrival flight) {
        arrivals++;
    }

    /** The airport's code. */
    public String code() {
        return code;
    }

    /** Departures counted. */
    public long departures() {
        return departures;
    }

    /** Arrivals counted. */
    public long arrivals() {
        return arrivals;
    }

    /** Sum of the delays of all departures. */
    public long delayMinutesSum() {
        return delayMinutesSum;
    }

    /** The least delay; {@link Integer#MAX_VALUE} without departures. */
    public int delayMinutesMin() {
        return delayMinutesMin;
    }

    /** The largest delay; {@link Integer#MIN_VALUE} without departures. */
    public int delayMinutesMax() {
        return delayMinutesMax;
    }

    /** 0, then {@code h · 31 + delay} at each departure in the order handled; 32 bits, to be read as unsigned. */
    public int orderHash() {
        return orderHash;
    }

    /** Writes the whole state. @see org.talaria.actor.Snapshot#write */
    void write(ByteBuffer target) {
        ByteBuffer buffer = target.order(ByteOrder.LITTLE_ENDIAN);
        Bytes.put(buffer, code);
        buffer.putLong(departures).putLong(arrivals).putLong(delayMinutesSum);
        buffer.putInt(delayMinutesMin).putInt(delayMinutesMax).putInt(orderHash);
        buffer.putInt(board.size());
        for (Departure flight : board) {
            Bytes.put(buffer, flight.destination());
            buffer.putInt(flight.distanceMiles()).putInt(flight.delayMinutes()).putLong(flight.minute());
        }
    }
}
