package org.talaria.examples.flights.input;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where each column stands, by the names in the header, and how a line's fields become a {@link Flight}. Immutable. */
final class Columns {
    private static final String DATE = "date";
    private static final String ORIGIN = "origin";
    private static final String DESTINATION = "destination";
    private static final String DISTANCE = "distance_miles";
    private static final String DELAY = "delay_minutes";
    private static final int MAX_CODE_CHARACTERS = 16;
    private static final int MAX_DISTANCE_MILES = 20_000;
    private static final int MIN_DELAY_MINUTES = -1_440;
    private static final int MAX_DELAY_MINUTES = 14_400;
    private static final int SHOWN_CHARACTERS = 40;

    private final int date;
    private final int origin;
    private final int destination;
    private final int distance;
    private final int delay;
    private final int count;

    private Columns(List<String> names) {
        date = names.indexOf(DATE);
        origin = names.indexOf(ORIGIN);
        destination = names.indexOf(DESTINATION);
        distance = names.indexOf(DISTANCE);
        delay = names.indexOf(DELAY);
        count = names.size();
    }

    /** Finds the columns; upper and lower case are the same. @throws InputException naming the columns that are missing or there twice */
    static Columns of(String source, List<String> header) throws InputException {
        List<String> names =
                header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        List<String> missing = new ArrayList<>();
        for (String name : List.of(DATE, ORIGIN, DESTINATION, DISTANCE, DELAY)) {
            if (!names.contains(name)) {
                missing.add(name);
            } else if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new InputException(source + ": column " + name + " is there twice: keep one of them");
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException(
                    source + ": the header has no column " + String.join(", ", missing)
                            + ": the first line must name date, origin, destination, distance_miles and delay_minutes, in any order");
        }
        return new Columns(names);
    }

    Flight flight(List<String> fields) throws MalformedLineException {
        if (fields.size() < count) {
            throw new MalformedLineException("missing column: " + fields.size() + " of " + count);
        }
        if (fields.size() > count) {
            throw new MalformedLineException("too many columns: " + fields.size() + ", the header has " + count);
        }
        return new Flight(
                code(ORIGIN, fields.get(origin)),
                code(DESTINATION, fields.get(destination)),
                distance(fields.get(distance)),
                number(DELAY, fields.get(delay), MIN_DELAY_MINUTES, MAX_DELAY_MINUTES),
                minute(fields.get(date)));
    }

    private static String code(String column, String code) throws MalformedLineException {
        if (code.isEmpty()) {
            throw new MalformedLineException("empty airport code: " + column);
        }
        if (code.length() > MAX_CODE_CHARACTERS) {
            throw new MalformedLineException("over-long airport code: " + column + " has " + code.length()
                    + " characters, at most " + MAX_CODE_CHARACTERS + " are allowed");
        }
        if (code.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedLineException("bad airport code: control character in " + column);
        }
        return code;
    }

    private static int distance(String text) throws MalformedLineException {
        if (isInteger(text) && text.startsWith("-") && text.chars().anyMatch(c -> c >= '1' && c <= '9')) {
            throw new MalformedLineException("negative distance: " + shown(text));
        }
        return number(DISTANCE, text, 0, MAX_DISTANCE_MILES);
    }

    private static int number(String column, String text, int least, int most) throws MalformedLineException {
        if (!isInteger(text)) {
            throw new MalformedLineException("bad number: " + column + " is \"" + shown(text) + "\"");
        }
        long value = text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
        if (value < least || value > most) {
            throw new MalformedLineException(
                    "out of range: " + column + " is " + shown(text) + ", allowed are " + least + " to " + most);
        }
        return (int) value;
    }

    /** ASCII digits only: {@link Long#parseLong} would take those of any script. */
    private static boolean isInteger(String text) {
        int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.length() > from && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    }

    private static long minute(String text) throws MalformedLineException {
        try {
            LocalDateTime time = LocalDateTime.parse(text);
            return Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), 60L);
        } catch (DateTimeException e) {
            throw new MalformedLineException(
                    "impossible date: \"" + shown(text) + "\", wanted is one such as 2001-01-31T06:20");
        }
    }

    /** What a reason quotes: short, and on one line. */
    private static String shown(String text) {
        String cut = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
