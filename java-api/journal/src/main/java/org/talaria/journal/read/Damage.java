package org.talaria.journal.read;

/**
 * Where a journal cannot be read on.
 *
 * @param kind whether a crash explains it
 * @param segment where
 * @param fileOffset in the segment's file
 * @param text what was found there, for a person
 */
public record Damage(Kind kind, int segment, long fileOffset, String text) {
    /** Whether a crash explains it. */
    public enum Kind {
        /** The writer died while it wrote: nothing valid follows in the segment. */
        TORN,
        /** The last segment has nothing in it: its engine was killed as it began, or what it held was lost. */
        EMPTY,
        /** Bytes were changed or lost. */
        CORRUPT
    }
}
