package com.example.market;

import java.nio.file.Path;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;

/** What a journal is good for. */
final class Proof {
    private Proof() {}

    /** Verifies a journal: nothing lost, nothing twice, each sender's messages in order. */
    static void of(Path journal) {
        Verdict verdict = Verifier.verify(journal, Options.defaults(), Progress.NONE);
        System.out.println("journal: " + verdict.text());
        Check.equal("verdict", Verdict.Result.PROVED, verdict.result());
    }
}
