package org.talaria.bench.harness;

/**
 * One figure, with the pings around it.
 *
 * @param benchmark name of the row
 * @param payload bytes of a message, 0 where that has no meaning
 * @param alternation number of the alternation, from 0; both sides of one alternation share it
 * @param side whose figure it is
 * @param value the figure
 * @param operations how many operations the run had
 * @param pingBeforeNs round trip before
 * @param pingAfterNs round trip after
 */
public record Sample(
        String benchmark,
        int payload,
        int alternation,
        Side side,
        double value,
        long operations,
        double pingBeforeNs,
        double pingAfterNs) {
    private static final int FIELDS = 8;

    /** Whose figure. */
    public enum Side {
        /** Talaria's. */
        OURS,
        /** The other library's. */
        PEER
    }

    /** The regime that the pings tell. */
    public Regime regime() {
        return Regime.of(pingBeforeNs, pingAfterNs);
    }

    /** The same as part of another alternation. */
    public Sample in(int other) {
        return new Sample(benchmark, payload, other, side, value, operations, pingBeforeNs, pingAfterNs);
    }

    /** One line, for the process that forked this one. */
    public String line() {
        return String.join(
                "\t",
                benchmark,
                Integer.toString(payload),
                Integer.toString(alternation),
                side.name(),
                Double.toString(value),
                Long.toString(operations),
                Double.toString(pingBeforeNs),
                Double.toString(pingAfterNs));
    }

    /** Reads a line. @throws IllegalArgumentException if it is none */
    public static Sample parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "'" + line + "' is no sample: it has " + fields.length + " fields, not 8");
        }
        return new Sample(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Side.valueOf(fields[3]),
                Double.parseDouble(fields[4]),
                Long.parseLong(fields[5]),
                Double.parseDouble(fields[6]),
                Double.parseDouble(fields[7]));
    }
}
