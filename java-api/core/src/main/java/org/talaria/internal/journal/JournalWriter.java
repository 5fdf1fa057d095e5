package org.talaria.internal.journal;

/** The journaler of one engine: an agent on a thread of its own. */
public interface JournalWriter extends AutoCloseable {
    /** Starts to follow the shards. */
    void start();

    /** Waits until everything committed before is published (handled or not), or the journal failed. Any thread. */
    void flush();

    /** Bytes published in this epoch. Any thread. */
    long publishedBytes();

    /** Writes the life cycle of an endpoint or anything else that is not a ring record; any thread. See {@link JournalEntry}. */
    void write(JournalEntry entry);

    /** Journals all that is left in rings and turn logs, and closes. The workers have stopped. */
    @Override
    void close();
}
