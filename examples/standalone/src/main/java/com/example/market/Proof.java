package com.example.market;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayRegistry;
import org.talaria.journal.replay.ReplayResult;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What a journal is good for. */
final class Proof {
    private static final int STATE_BYTES = 1_024;

    private Proof() {}

    /** Verifies a journal, then feeds it to new handlers, and compares the book that they leave with the one of the run. */
    static void of(Path journal, Book book) {
        Verdict verdict = Verifier.verify(journal, Options.defaults(), Progress.NONE);
        System.out.println("journal: " + verdict.text());
        Check.equal("verdict", Verdict.Result.PROVED, verdict.result());

        ReplayResult replay = Replay.run(journal, Proof::register, ReplayOptions.all());
        Check.that("the replay did what the run did: " + replay.divergences(), replay.equal());
        Check.equal("endpoints left out", Set.of(), replay.skipped());
        Check.that(
                "the replay left the same book",
                Arrays.equals(state(book), replay.snapshots().get("book")));
        Check.that("the C++ handler has a state", !replay.hash("vwap").isEmpty());
        System.out.println("replay: equal, " + replay.messages() + " messages");
    }

    /** The Java handlers, by the names of the run; of the C++ ones the journal knows the library. */
    private static void register(ReplayRegistry registry) {
        registry.actors().actor("book", Book::new);
        registry.actors().actor("ticker", QuoteView.TYPE, new Tape()::print);
    }

    private static byte[] state(Book book) {
        ByteBuffer buffer = ByteBuffer.allocate(STATE_BYTES);
        book.write(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
