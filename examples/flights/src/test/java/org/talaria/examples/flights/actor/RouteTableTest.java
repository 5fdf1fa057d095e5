package org.talaria.examples.flights.actor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.talaria.examples.flights.message.RouteAnswer;
import org.talaria.examples.flights.message.RouteDeparture;

class RouteTableTest {
    private final RouteTable table = new RouteTable();

    @Test
    void sumsARoute() {
        assertEquals(new RouteAnswer("A", "B", 1, 5, 5, 5, 100), table.departed(new RouteDeparture("A", "B", 100, 5)));
        assertEquals(
                new RouteAnswer("A", "B", 2, 2, -3, 5, 101), table.departed(new RouteDeparture("A", "B", 101, -3)));
        assertEquals(new RouteAnswer("B", "A", 1, 0, 0, 0, 100), table.departed(new RouteDeparture("B", "A", 100, 0)));
        assertEquals(3, table.flights());
    }

    @Test
    void answersMakeTheSameTable() {
        RouteTable answered = new RouteTable();
        for (int i = 0; i < 50; i++) {
            answered.answered(table.departed(new RouteDeparture("A" + i % 7, "B" + i % 3, 100, i - 20)));
        }
        assertEquals(table.routes(), answered.routes());
        assertArrayEquals(bytes(table), bytes(answered));
    }

    /** As {@code std::map<std::string>} sorts: by unsigned bytes of UTF-8, not by UTF-16 units. */
    @Test
    void sortsByBytes() {
        for (String origin : List.of("\uFF5A", "\uD83D\uDEEB", "é", "Z", "AA", "A")) {
            table.departed(new RouteDeparture(origin, "X", 1, 1));
        }
        assertEquals(
                List.of("A", "AA", "Z", "é", "\uFF5A", "\uD83D\uDEEB"),
                table.routes().stream().map(RouteAnswer::origin).toList());
    }

    @Test
    void writesTheLayoutOfTheCppTwin() {
        table.departed(new RouteDeparture("AB", "C", 9, -2));
        ByteBuffer wanted = ByteBuffer.allocate(59).order(ByteOrder.LITTLE_ENDIAN);
        wanted.putLong(1).putInt(1);
        wanted.putInt(2).put((byte) 'A').put((byte) 'B').putInt(1).put((byte) 'C');
        wanted.putLong(1).putLong(-2).putInt(-2).putInt(-2).putInt(9);
        assertArrayEquals(Arrays.copyOf(wanted.array(), wanted.position()), bytes(table));
    }

    private static byte[] bytes(RouteTable table) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        table.write(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
