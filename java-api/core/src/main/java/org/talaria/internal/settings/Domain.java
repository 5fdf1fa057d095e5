package org.talaria.internal.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The values that a setting may have. Immutable. */
public sealed interface Domain {
    /** Of {@link Whole#most}: no end but the type's. */
    long NO_MOST = Long.MAX_VALUE;

    /** What is counted or measured; may be empty. */
    String unit();

    /** The range, for people: {@code 64 KiB … 1 GiB}. */
    String range();

    /** What to give, for an error's text. */
    String remedy();

    /** The default, for people. */
    String preset();

    /**
     * Whole numbers.
     *
     * @param unit what is counted; {@code bytes} are written as such
     * @param least the smallest
     * @param most the largest; {@link #NO_MOST}
     * @param presetValue the default; out of the range where it follows from others
     * @param preset the default, for people
     * @param powersOnly powers of two only
     */
    record Whole(String unit, long least, long most, long presetValue, String preset, boolean powersOnly)
            implements Domain {
        @Override
        public String range() {
            String text = most == NO_MOST
                    ? Quantity.text(unit, least) + " or more"
                    : Quantity.text(unit, least) + " … " + Quantity.text(unit, most);
            return powersOnly ? "a power of two, " + text : text;
        }

        @Override
        public String remedy() {
            String text = (powersOnly ? "a power of two, " : "")
                    + least
                    + (most == NO_MOST ? " or more" : " to " + most)
                    + (unit.isEmpty() ? "" : " " + unit);
            return unit.equals(Quantity.BYTES) ? text + " (" + range() + ")" : text;
        }

        boolean has(long value) {
            return value >= least && value <= most && (!powersOnly || Long.bitCount(value) == 1);
        }
    }

    /**
     * Durations.
     *
     * @param least the shortest
     * @param most the longest
     * @param presetValue the default
     */
    record Time(Duration least, Duration most, Duration presetValue) implements Domain {
        @Override
        public String unit() {
            return "time";
        }

        @Override
        public String range() {
            return Quantity.text(least) + " … " + Quantity.text(most);
        }

        @Override
        public String remedy() {
            return Quantity.text(least) + " to " + Quantity.text(most);
        }

        @Override
        public String preset() {
            return Quantity.text(presetValue);
        }

        boolean has(Duration value) {
            return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        }
    }

    /**
     * Shares of a whole: more than 0, at most 1.
     *
     * @param range which, for people: it may say more
     * @param preset the default, for people
     */
    record Share(String range, String preset) implements Domain {
        @Override
        public String unit() {
            return "share";
        }

        @Override
        public String remedy() {
            return range;
        }

        boolean has(double value) {
            return value > 0 && value <= 1;
        }
    }

    /** Constants of an enumeration. @param presetValue the default */
    record Choice(Enum<?> presetValue) implements Domain {
        @Override
        public String unit() {
            return "";
        }

        @Override
        public String range() {
            return Arrays.stream(presetValue.getDeclaringClass().getEnumConstants())
                    .map(Enum::name)
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String remedy() {
            return "one of " + range();
        }

        @Override
        public String preset() {
            return presetValue.name();
        }
    }

    /** Yes or no. @param presetValue the default */
    record Switch(boolean presetValue) implements Domain {
        @Override
        public String unit() {
            return "";
        }

        @Override
        public String range() {
            return "true, false";
        }

        @Override
        public String remedy() {
            return range();
        }

        @Override
        public String preset() {
            return String.valueOf(presetValue);
        }
    }

    /**
     * Objects.
     *
     * @param range which, for people
     * @param preset the default, for people
     */
    record Thing(String range, String preset) implements Domain {
        @Override
        public String unit() {
            return "";
        }

        @Override
        public String remedy() {
            return range;
        }
    }
}
