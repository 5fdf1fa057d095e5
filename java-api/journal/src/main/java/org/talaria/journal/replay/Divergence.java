package org.talaria.journal.replay;

/**
 * Where a replay did something else than the run.
 *
 * @param kind what
 * @param endpoint whose handler
 * @param causeId the record that was handled: sender in bits 32–63, sequence in bits 0–31
 * @param text for a person
 */
public record Divergence(Kind kind, String endpoint, long causeId, String text) {
    /** What differed. */
    public enum Kind {
        /** Sent in the run, not in the replay. */
        NOT_SENT,
        /** Sent in the replay, not in the run. */
        NOT_JOURNALED,
        /** Sent in both, with other content or to another address. */
        OTHER_MESSAGE,
        /** Handled in one and a dead letter in the other. */
        OTHER_END,
        /** The state written by {@code Snapshot} differs. */
        OTHER_STATE
    }
}
