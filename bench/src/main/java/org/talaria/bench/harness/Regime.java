package org.talaria.bench.harness;

import java.util.Locale;

/** Where the two threads of a sample sat, told from the ping-pongs around it (P7). */
public enum Regime {
    /** Both pings were short: the threads share a cache. */
    NEAR,
    /** Both pings were long. */
    FAR,
    /** The pings disagree: the machine changed under the sample. Published, never judged. */
    MIXED,
    /** Of figures that do not depend on where threads sit, such as bytes. */
    ANY;

    /** Round trips of at least this are far. */
    public static final double FAR_NS = 250;

    /** The regime of a sample between two pings, in nanoseconds a round trip. */
    public static Regime of(double beforeNs, double afterNs) {
        boolean farBefore = beforeNs >= FAR_NS;
        boolean farAfter = afterNs >= FAR_NS;
        if (farBefore != farAfter) {
            return MIXED;
        }
        return farBefore ? FAR : NEAR;
    }

    /** The name in results: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
