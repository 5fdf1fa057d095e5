package org.talaria.journal.verify;

/** Told now and then how far a long work is; on the thread that works. */
@FunctionalInterface
public interface Progress {
    /** Says nothing. */
    Progress NONE = (done, total) -> {};

    /** {@code done} of {@code total} bytes are read. */
    void at(long done, long total);
}
