package org.talaria.internal.settings;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, as people write them and without a digit lost. */
public final class Quantity {
    static final String BYTES = "bytes";

    private static final long MI = 1L << 20;
    private static final String[] BYTE_UNITS = {" bytes", " KiB", " MiB", " GiB"};
    private static final long EXACT_SECONDS = 1_000_000_000;

    private Quantity() {}

    /** A number of a unit; bytes have theirs with them. */
    public static String text(String unit, long value) {
        if (unit.equals(BYTES)) {
            return bytes(value);
        }
        return value >= MI && value % MI == 0
                ? String.format(Locale.ROOT, "%,d Mi", value / MI)
                : String.format(Locale.ROOT, "%,d", value);
    }

    private static String bytes(long value) {
        long count = value;
        int unit = 0;
        while (count != 0 && count % 1_024 == 0 && unit < BYTE_UNITS.length - 1) {
            count /= 1_024;
            unit++;
        }
        return count == 0 ? "0" : String.format(Locale.ROOT, "%,d", count) + BYTE_UNITS[unit];
    }

    /** A time. */
    public static String text(Duration value) {
        if (value.isZero()) {
            return "0";
        }
        if (Math.abs(value.getSeconds()) > EXACT_SECONDS && value.getNano() != 0) {
            // Its nanoseconds may be no long
            return value.toString();
        }
        return value.getNano() == 0 ? seconds(value.getSeconds()) : nanos(value.toNanos());
    }

    private static String seconds(long value) {
        if (value % 86_400 == 0) {
            return String.format(Locale.ROOT, "%,d days", value / 86_400);
        }
        return value + " s";
    }

    private static String nanos(long value) {
        if (value % 1_000_000 == 0) {
            return value / 1_000_000 + " ms";
        }
        return value % 1_000 == 0 ? value / 1_000 + " µs" : value + " ns";
    }
}
