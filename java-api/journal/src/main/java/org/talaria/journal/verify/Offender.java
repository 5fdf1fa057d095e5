package org.talaria.journal.verify;

/**
 * One thing that refutes a journal.
 *
 * @param check which check it failed
 * @param epoch the engine's run, 0 if unknown
 * @param shard where, −1 if nowhere in particular
 * @param position in the shard's ring, −1 if nowhere in particular
 * @param recordId sender in bits 32–63, sequence in bits 0–31; 0 if it is no record
 * @param text what is wrong, for a person
 */
public record Offender(Check check, int epoch, int shard, long position, long recordId, String text) {
    /** What is checked. */
    public enum Check {
        /** Every excerpt is whole: checksum, length, number, segments. */
        INTEGRITY,
        /** Blocks of a shard join: no gap, no overlap, whole records inside. */
        POSITIONS,
        /** A record lies on the shard where its receiver lives. */
        SHARD,
        /** A record's receiver is the one that was meant, or it became a dead letter. */
        GENERATION,
        /** Messages of one sender to one address are in the order sent. */
        ORDER,
        /** No message is there twice. */
        DUPLICATE,
        /** No message is missing. */
        LOSS,
        /** Turns of a shard follow each other and never overlap. */
        TURNS,
        /** A cause is handled before its effect. */
        CAUSE,
        /** What was accepted was handled, or is a dead letter. */
        DELIVERY,
        /** Handled implies journaled, where the journal is written ahead. */
        WRITE_AHEAD,
        /** Messages have a schema that was registered. */
        SCHEMA
    }
}
