package org.talaria.bench.sweep;

import org.talaria.bench.harness.Trial;
import org.talaria.bench.peer.Setting;

/**
 * A setting to be tried.
 *
 * @param group what is swept: {@code engine}, {@code ring}, or a peer
 * @param payload bytes of a message, 0 where that has no meaning
 * @param setting the setting
 * @param higherIsBetter whether a higher figure is
 * @param trial gives the figure
 */
public record Candidate(String group, int payload, Setting setting, boolean higherIsBetter, Trial trial) {
    /** Of a throughput. */
    static Candidate rate(String group, int payload, Setting setting, Trial trial) {
        return new Candidate(group, payload, setting, true, trial);
    }
}
