package org.talaria.internal.journal;

import org.talaria.journal.Journal;

/** Found through {@code ServiceLoader}: keeps Chronicle out of the core. */
public interface JournalProvider {
    /**
     * Opens a journal for a new epoch; does not start writing.
     *
     * @throws org.talaria.TalariaException naming cause and remedy: folder not writable, opened by another engine, another version, a missing JVM flag
     */
    JournalWriter open(Journal journal, JournalSource source);
}
