package org.talaria.examples.flights;

import java.util.List;
import java.util.Locale;
import org.talaria.examples.flights.report.Results;
import org.talaria.journal.replay.Divergence;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayResult;
import org.talaria.journal.verify.Figures;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** Proves a run by its journal: the order holds, and handlers that get the same messages again come to the same states. */
final class Prover {
    private final RunFolder folder;
    private final Interruption interruption;
    private final Progress progress;

    Prover(RunFolder folder, Interruption interruption, Progress progress) {
        this.folder = folder;
        this.interruption = interruption;
        this.progress = progress;
    }

    /** @throws DemoException if the journal refutes the run */
    Results.Proof prove(LiveRun.Outcome live) {
        Verdict verdict =
                Verifier.verify(folder.path(), Options.defaults(), (done, all) -> tell("verifying", done, all));
        if (verdict.result() != Verdict.Result.PROVED) {
            throw new DemoException(ExitCode.FAILED, "the order is NOT proved: " + oneLine(verdict.text()) + where());
        }
        ReplayOptions all = ReplayOptions.builder()
                .progress((done, steps) -> tell("replaying", done, steps))
                .build();
        ReplayResult replay = Replay.run(folder.path(), new FlightsReplay(), all);
        requireEqual(replay, live);
        return new Results.Proof(
                folder.kept(),
                folder.journalBytes(),
                figures(verdict),
                replay.messages(),
                replay.snapshots().size());
    }

    private void requireEqual(ReplayResult replay, LiveRun.Outcome live) {
        if (!replay.skipped().isEmpty() || !replay.complete()) {
            throw new DemoException(
                    ExitCode.FAILED, "the replay left out " + replay.skipped() + replay.limits() + where());
        }
        if (!replay.equal()) {
            throw new DemoException(
                    ExitCode.FAILED,
                    "the replay is NOT equal, " + replay.divergenceCount() + " differences; the first: "
                            + replay.divergences().get(0).text() + where());
        }
        List<Divergence> states = replay.compare(live.snapshots());
        if (!states.isEmpty()) {
            throw new DemoException(
                    ExitCode.FAILED,
                    "the replay is NOT equal, " + states.size() + " states differ; the first: "
                            + states.get(0).text() + where());
        }
    }

    private void tell(String work, long done, long all) {
        interruption.check();
        progress.at(work, done, all);
    }

    private static String figures(Verdict verdict) {
        Figures figures = verdict.figures();
        return String.format(
                Locale.ROOT,
                "%,d messages of %,d senders to %,d addresses in %,d turns, none lost, doubled or out of order",
                figures.messages(),
                figures.senders(),
                figures.addresses(),
                figures.turns());
    }

    /** A kept journal can be looked into; a temporary one is gone by the time this is read. */
    private String where() {
        return folder.kept() == null
                ? " (keep the journal with --journal DIR to look into it)"
                : " (see talaria verify " + folder.path() + ")";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", "; ").strip();
    }
}
