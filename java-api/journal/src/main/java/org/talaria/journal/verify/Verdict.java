package org.talaria.journal.verify;

import java.util.List;
import java.util.Locale;

/**
 * The answer of a {@link Verifier}.
 *
 * @param result which answer
 * @param figures what was looked at
 * @param offenders the first things that refute it; empty unless REFUTED
 * @param offenderCount all of them
 * @param limits where and why the proof ends or leaves something out, for a person
 */
public record Verdict(
        Result result, Figures figures, List<Offender> offenders, long offenderCount, List<String> limits) {
    /** Which answer. */
    public enum Result {
        /** Everything holds. */
        PROVED(0),
        /** Something does not. */
        REFUTED(1),
        /** Everything holds up to a stated cut. */
        PROVED_UP_TO(4);

        private final int exitCode;

        Result(int exitCode) {
            this.exitCode = exitCode;
        }

        /** What the command line ends with. */
        public int exitCode() {
            return exitCode;
        }
    }

    /** What the command line ends with: 0 proved, 1 refuted, 4 proved up to a stated cut. */
    public int exitCode() {
        return result.exitCode();
    }

    /** The answer for a person, several lines. */
    public String text() {
        StringBuilder text = new StringBuilder();
        switch (result) {
            case PROVED -> text.append("proved: ").append(summary());
            case PROVED_UP_TO -> text.append("proved up to a cut: ").append(summary());
            case REFUTED ->
                text.append("refuted: ")
                        .append(number(offenderCount))
                        .append(offenderCount == 1 ? " fault in " : " faults in ")
                        .append(summary());
        }
        for (Offender offender : offenders) {
            text.append("\n  ").append(offender.check()).append(": ").append(offender.text());
        }
        if (offenderCount > offenders.size()) {
            text.append("\n  and ")
                    .append(number(offenderCount - offenders.size()))
                    .append(" more");
        }
        limits.forEach(limit -> text.append("\n  ").append(limit));
        return text.toString();
    }

    private String summary() {
        Figures f = figures;
        return number(f.messages()) + " messages of " + number(f.senders()) + " senders to " + number(f.addresses())
                + " addresses in "
                + number(f.blocks()) + " blocks and " + number(f.turns()) + " turns (" + number(f.handled())
                + " records handled, "
                + number(f.dead())
                + " dead letters); checked: checksums, positions, order of each sender to each address, loss, duplicates, shards, generations, turns, causes"
                + (f.moves() > 0 ? "; " + number(f.moves()) + " moves of endpoints, each between two turns" : "")
                + (f.unjournaled() > 0 ? "; " + number(f.unjournaled()) + " endpoints were declared unjournaled" : "");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
