package org.talaria.bench.ours;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;

/** A {@link TellPipe} whose engine somebody watches from another process. */
public final class WatchedPipe implements Pipe {
    /** One for all trials of this process: it has warmed up. */
    private static @Nullable Watcher watcher;

    private final TellPipe pipe;
    private final Watcher watches;

    /** Opens an engine, and returns when it is watched. */
    public WatchedPipe(Check check, int payload) throws IOException {
        watches = watcher();
        pipe = new TellPipe(check, payload, TellPipe.Way.CLAIM);
        watches.watch();
    }

    private static synchronized Watcher watcher() throws IOException {
        Watcher known = watcher;
        if (known == null) {
            known = new Watcher();
            watcher = known;
        }
        return known;
    }

    @Override
    public void send(long first, long count) {
        pipe.send(first, count);
    }

    @Override
    public void close() {
        try {
            watches.rest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            pipe.close();
        }
    }
}
