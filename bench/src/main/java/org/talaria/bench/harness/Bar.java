package org.talaria.bench.harness;

import java.util.Locale;

/**
 * What a figure must reach.
 *
 * @param relation how the figure is held against the limit
 * @param limit the limit, in the unit of the figure
 */
public record Bar(Relation relation, double limit) {
    /** How a figure is held against the limit. */
    public enum Relation {
        /** At least. */
        AT_LEAST(">="),
        /** At most. */
        AT_MOST("<="),
        /** More than. */
        ABOVE(">"),
        /** Less than. */
        BELOW("<"),
        /** No bar: the figure is reported. */
        REPORTED("");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /** The figure must be at least this. */
    public static Bar atLeast(double limit) {
        return new Bar(Relation.AT_LEAST, limit);
    }

    /** The figure must be at most this. */
    public static Bar atMost(double limit) {
        return new Bar(Relation.AT_MOST, limit);
    }

    /** The figure must be more than this. */
    public static Bar above(double limit) {
        return new Bar(Relation.ABOVE, limit);
    }

    /** The figure must be less than this. */
    public static Bar below(double limit) {
        return new Bar(Relation.BELOW, limit);
    }

    /** The figure is reported; nothing is asked of it. */
    public static Bar reported() {
        return new Bar(Relation.REPORTED, 0);
    }

    /** Whether this asks anything. */
    public boolean asks() {
        return relation != Relation.REPORTED;
    }

    /** Whether a figure holds the bar; a figure that is no number never does. */
    public boolean holds(double figure) {
        if (Double.isNaN(figure)) {
            return false;
        }
        return switch (relation) {
            case AT_LEAST -> figure >= limit;
            case AT_MOST -> figure <= limit;
            case ABOVE -> figure > limit;
            case BELOW -> figure < limit;
            case REPORTED -> true;
        };
    }

    /** As in results: {@code ">= 0.8"}, or {@code "reported"}. */
    public String text() {
        return asks() ? relation.sign + " " + trimmed(limit) : "reported";
    }

    private static String trimmed(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
