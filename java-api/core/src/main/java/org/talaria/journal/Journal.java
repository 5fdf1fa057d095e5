package org.talaria.journal;

import java.nio.file.Path;
import java.time.Duration;
import org.talaria.internal.settings.Setting;

/**
 * Where and how an engine journals. Immutable.
 *
 * <p>Needs {@code talaria-journal} on the class path and Chronicle's JVM flags: the file {@code chronicle.jvmargs}, passed as {@code java @chronicle.jvmargs}.
 */
public final class Journal {
    private final Path path;
    private final Mode mode;
    private final OnFailure onFailure;
    private final long rollBytes;
    private final Duration retainFor;
    private final long retainBytes;
    private final long reserveBytes;
    private final boolean sync;

    private Journal(
            Path path,
            Mode mode,
            OnFailure onFailure,
            long rollBytes,
            Duration retainFor,
            long retainBytes,
            long reserveBytes,
            boolean sync) {
        this.path = Setting.JOURNAL_PATH.given(path);
        this.mode = Setting.JOURNAL_MODE.given(mode);
        this.onFailure = Setting.JOURNAL_ON_FAILURE.given(onFailure);
        this.rollBytes = Setting.ROLL_BYTES.in(rollBytes);
        this.retainFor = Setting.RETAIN_FOR.in(retainFor);
        this.retainBytes = Setting.RETAIN_BYTES.in(retainBytes);
        this.reserveBytes = Setting.RESERVE_BYTES.in(reserveBytes);
        this.sync = sync;
    }

    /** When a message may be handled. */
    public enum Mode {
        /** Handling runs ahead of the journal; a ring's space is reused when both have passed. */
        ASYNC,
        /** Handling waits for the journal: handled implies journaled. */
        WRITE_AHEAD
    }

    /** What the engine does when the journal cannot be written (R23). */
    public enum OnFailure {
        /** Stop accepting: sends return CLOSED; what was accepted is reported. */
        STOP,
        /** Go on unjournaled, with an error that is logged, counted and reported by {@code verify}. */
        CONTINUE
    }

    /** A journal in a folder, made if it is missing. Defaults: ASYNC, stop on failure, a new file every 256 MiB, everything kept, 64 MiB of disk reserved, no sync. */
    public static Journal at(Path path) {
        return new Journal(
                path,
                Setting.JOURNAL_MODE.preset(Mode.class),
                Setting.JOURNAL_ON_FAILURE.preset(OnFailure.class),
                Setting.ROLL_BYTES.preset(),
                Setting.RETAIN_FOR.presetTime(),
                Setting.RETAIN_BYTES.preset(),
                Setting.RESERVE_BYTES.preset(),
                Setting.SYNC.presetSwitch());
    }

    /** With a mode; default ASYNC. */
    public Journal mode(Mode mode) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** What to do when it cannot be written; default STOP. */
    public Journal onFailure(OnFailure onFailure) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** Begins a new file when one holds this much, 1 MiB or more; default 256 MiB. */
    public Journal rollBytes(long rollBytes) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** Deletes rolled files older than this, 0 … 36,500 days, once all their messages are handled; default 0, which keeps them. */
    public Journal retainFor(Duration retainFor) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** Deletes the oldest rolled files, once all their messages are handled, while the journal is larger than this, 0 or more bytes; default 0, which keeps them. */
    public Journal retainBytes(long retainBytes) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** Counts as failed when the disk has less than this left, 0 or more bytes; default 64 MiB. */
    public Journal reserveBytes(long reserveBytes) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** Forces each block to the disk: survives a loss of power, at its price; default false. */
    public Journal sync(boolean sync) {
        return new Journal(path, mode, onFailure, rollBytes, retainFor, retainBytes, reserveBytes, sync);
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** When a message may be handled. */
    public Mode mode() {
        return mode;
    }

    /** What to do when it cannot be written. */
    public OnFailure onFailure() {
        return onFailure;
    }

    /** Size of a file. */
    public long rollBytes() {
        return rollBytes;
    }

    /** Age of rolled files that are deleted; zero = none. */
    public Duration retainFor() {
        return retainFor;
    }

    /** Size over which rolled files are deleted; zero = none. */
    public long retainBytes() {
        return retainBytes;
    }

    /** Disk that must stay free. */
    public long reserveBytes() {
        return reserveBytes;
    }

    /** Whether each block is forced to the disk. */
    public boolean sync() {
        return sync;
    }
}
