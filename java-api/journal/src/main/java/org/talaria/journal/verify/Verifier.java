package org.talaria.journal.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.journal.read.Damage;
import org.talaria.journal.read.Excerpt;
import org.talaria.journal.read.JournalReader;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.verify.Offender.Check;
import org.talaria.journal.verify.Verdict.Result;

/**
 * Proves or refutes a journal: order of each sender to each address, no overlap of two runs of one receiver, no loss, no duplicate, cause before effect; what is
 * checked in which way is told in {@code docs/journal.md}. Needs no classes of the application and no JVM flags. Memory: about two bits a message,
 * 16 bytes a pair of sender and address.
 */
public final class Verifier {
    private static final long PROGRESS_BYTES = 4L << 20;

    private final JournalReader reader;
    private final Progress progress;
    private final Offenders offenders;
    private final Tally tally = new Tally();
    private final List<String> limits = new ArrayList<>();
    private @Nullable EpochChecks checks;
    private boolean cut;
    private int damagesSeen;
    private long reported;

    private Verifier(JournalReader reader, Options options, Progress progress) {
        this.reader = reader;
        this.progress = progress;
        offenders = new Offenders(options.offenders());
    }

    /**
     * Verifies a journal. One that is being written is verified as far as it goes.
     *
     * @throws TalariaException if the folder is no journal, one of another version, or cannot be read
     */
    public static Verdict verify(Path journal, Options options, Progress progress) {
        try (JournalReader reader = JournalReader.open(journal)) {
            return new Verifier(reader, options, progress).run();
        }
    }

    private Verdict run() {
        Excerpt excerpt = reader.next();
        while (excerpt != null) {
            accept(excerpt);
            excerpt = reader.next();
        }
        finishEpoch();
        segments();
        if (reader.segments().isEmpty()) {
            cut = true;
            limits.add("the journal is empty: nothing was written yet");
        }
        progress.at(reader.totalBytes(), reader.totalBytes());
        Result result = offenders.count() > 0 ? Result.REFUTED : cut ? Result.PROVED_UP_TO : Result.PROVED;
        return new Verdict(
                result,
                tally.figures(reader.segments().size()),
                offenders.first(),
                offenders.count(),
                List.copyOf(limits));
    }

    private void accept(Excerpt excerpt) {
        tally.excerpt();
        if (excerpt.kind() == ExcerptDescriptor.START
                && (checks == null || reader.epoch().begins())) {
            finishEpoch();
            checks = new EpochChecks(reader.epoch(), reader.directory(), offenders, tally);
        }
        if (checks == null) {
            offenders.add(
                    Check.INTEGRITY,
                    excerpt.epoch(),
                    excerpt.place() + " stands where a segment should begin with a START");
            return;
        }
        checks.accept(excerpt);
        if (reader.readBytes() - reported >= PROGRESS_BYTES) {
            reported = reader.readBytes();
            progress.at(reported, reader.totalBytes());
        }
    }

    private void finishEpoch() {
        @Nullable Damage torn = null;
        for (Damage damage :
                reader.damages().subList(damagesSeen, reader.damages().size())) {
            if (damage.kind() == Damage.Kind.CORRUPT) {
                offenders.add(
                        Check.INTEGRITY,
                        0,
                        "segment " + damage.segment() + ", file offset " + damage.fileOffset() + ": " + damage.text()
                                + "; nothing behind it was read");
            } else if (damage.kind() == Damage.Kind.EMPTY) {
                cut = true;
                limits.add("segment " + damage.segment() + ": " + damage.text());
            } else {
                torn = damage;
            }
        }
        damagesSeen = reader.damages().size();
        if (checks != null) {
            List<String> found = checks.finish(torn);
            boolean corrupt = reader.damages().stream().anyMatch(damage -> damage.kind() == Damage.Kind.CORRUPT);
            limits.addAll(corrupt ? List.of() : found);
            cut |= checks.isCut();
            checks = null;
        }
    }

    /** Segments that are missing must have been announced by retention. */
    private void segments() {
        List<Integer> there = reader.segments();
        int expected = reader.retiredSegments() + 1;
        for (int segment : there) {
            if (segment > expected) {
                offenders.add(
                        Check.INTEGRITY,
                        0,
                        "segments " + expected + " to " + (segment - 1)
                                + " are missing, and retention did not delete them");
            }
            expected = Math.max(expected, segment + 1);
        }
    }
}
