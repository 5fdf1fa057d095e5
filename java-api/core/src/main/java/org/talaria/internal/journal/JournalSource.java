package org.talaria.internal.journal;

import java.util.List;
import org.talaria.message.Schema;

/** What the journaler sees of an engine. */
public interface JournalSource {
    /** Address of the region (docs/layout.md). */
    long regionAddress();

    /** The rings to follow: one a lane, numbered through all shards. */
    int rings();

    /** The workers, each with a turn log. */
    int workers();

    /** To be called after a ring's {@code journaled} was published (seq_cst): looks at the state word of its shard and wakes a drainer (R5). */
    void journaled(int ring);

    /** Schemas registered from number {@code from} on, in order of registration. */
    List<Schema> schemas(int from);

    /** The journal cannot be written any more (R23): the engine acts as configured. */
    void journalFailed(Throwable cause);
}
