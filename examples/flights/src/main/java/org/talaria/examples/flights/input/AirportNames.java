package org.talaria.examples.flights.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Names and cities of airports, by code. Immutable. */
public final class AirportNames {
    private final Map<String, Airport> byCode;

    private AirportNames(Map<String, Airport> byCode) {
        this.byCode = byCode;
    }

    /**
     * An airport.
     *
     * @param code its code
     * @param name its name; empty if the code is not known
     * @param city its city; empty if the code is not known
     * @param state its state; empty if the code is not known
     */
    public record Airport(String code, String name, String city, String state) {
        /** City and state, or the code. */
        public String place() {
            return city.isEmpty() ? code : state.isEmpty() ? city : city + ", " + state;
        }
    }

    /** The airports that come with the demonstration. */
    public static AirportNames builtIn() {
        try (InputStream in = BuiltIn.open(BuiltIn.AIRPORTS);
                CSVParser parser = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, Airport> byCode = new HashMap<>();
            for (CSVRecord row : parser) {
                byCode.put(
                        row.get("iata"),
                        new Airport(row.get("iata"), row.get("name"), row.get("city"), row.get("state")));
            }
            return new AirportNames(byCode);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the built-in list of airports cannot be read: build the demonstration again", e);
        }
    }

    /** The airport of a code; without a name if nothing is known of it. */
    public Airport of(String code) {
        return byCode.getOrDefault(code, new Airport(code, "", "", ""));
    }
}
