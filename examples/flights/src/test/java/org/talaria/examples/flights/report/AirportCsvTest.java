package org.talaria.examples.flights.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.examples.flights.actor.AirportState;
import org.talaria.examples.flights.message.Arrival;
import org.talaria.examples.flights.message.Departure;

class AirportCsvTest {
    @TempDir
    private Path folder;

    @Test
    void writesOneRowAnAirportSortedByCode() throws Exception {
        AirportState late = new AirportState("LAX");
        late.departed(new Departure("LAX", "BNA", 100, -1, 7));
        AirportState arrivalsOnly = new AirportState("BNA");
        arrivalsOnly.arrived(new Arrival("LAX", 7));
        AirportState quoted = new AirportState("B,\"A");
        quoted.departed(new Departure("B,\"A", "LAX", 100, 5, 7));
        quoted.departed(new Departure("B,\"A", "LAX", 100, 7, 7));
        Path file = folder.resolve("airports.csv");
        AirportCsv.write(file, List.of(late, arrivalsOnly, quoted));
        assertEquals("""
                airport,departures,arrivals,delay_minutes_sum,delay_minutes_min,delay_minutes_max,departure_order_hash
                "B,""A",2,0,12,5,7,162
                BNA,0,1,,,,0
                LAX,1,0,-1,-1,-1,4294967295
                """, Files.readString(file));
    }
}
