package org.talaria.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;

/** The journal that a command was given. */
final class JournalPath {
    private JournalPath() {}

    /** The folder. @throws TalariaException if there is none, or it cannot be read */
    static Path checked(@Nullable Path journal) {
        if (journal == null || !Files.exists(journal)) {
            throw new TalariaException("no journal at " + journal + ": give the folder that the engine wrote");
        }
        if (!Files.isDirectory(journal)) {
            throw new TalariaException(journal + " is no folder: a journal is the folder that the engine wrote");
        }
        if (!Files.isReadable(journal)) {
            throw new TalariaException(journal + " cannot be read: check its permissions");
        }
        return journal;
    }
}
