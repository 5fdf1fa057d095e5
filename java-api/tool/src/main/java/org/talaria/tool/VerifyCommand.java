package org.talaria.tool;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.verify.Figures;
import org.talaria.journal.verify.Offender;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code talaria verify}. */
@Command(
        name = "verify",
        description = "Proves or refutes the order and completeness of a journal, naming the first offending records.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:proved",
            "1:refuted",
            "2:no answer: wrong usage, or the journal is missing or cannot be read",
            "4:proved up to a stated cut"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int DEFAULT_OFFENDERS = 20;

    private final Streams streams;

    @Parameters(paramLabel = "JOURNAL", description = "folder of the journal")
    private @Nullable Path journal;

    @Option(
            names = "--offenders",
            paramLabel = "N",
            description = "name the first N offenders, 1 or more (default: ${DEFAULT-VALUE})")
    private int offenders = DEFAULT_OFFENDERS;

    @Option(names = "--json", description = "print the answer as one JSON object")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    VerifyCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Path folder = JournalPath.checked(journal);
        Verdict verdict;
        try (ProgressBar bar = new ProgressBar(streams.err(), Terminal.isStandardError(), "verifying")) {
            verdict = Verifier.verify(folder, new Options(offenders), bar::at);
        }
        streams.out().println(json ? Json.of(fields(verdict)) : verdict.text());
        return verdict.exitCode();
    }

    private static Map<String, Object> fields(Verdict verdict) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("result", verdict.result().name().toLowerCase(Locale.ROOT));
        all.put("exit_code", verdict.exitCode());
        all.put("figures", figures(verdict.figures()));
        all.put("offender_count", verdict.offenderCount());
        all.put(
                "offenders",
                verdict.offenders().stream().map(VerifyCommand::offender).toList());
        all.put("limits", verdict.limits());
        return all;
    }

    private static Map<String, Object> figures(Figures figures) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("epochs", figures.epochs());
        all.put("segments", figures.segments());
        all.put("excerpts", figures.excerpts());
        all.put("blocks", figures.blocks());
        all.put("block_bytes", figures.blockBytes());
        all.put("messages", figures.messages());
        all.put("controls", figures.controls());
        all.put("senders", figures.senders());
        all.put("addresses", figures.addresses());
        all.put("pairs", figures.pairs());
        all.put("turns", figures.turns());
        all.put("handled", figures.handled());
        all.put("dead", figures.dead());
        all.put("replies", figures.replies());
        all.put("refusals", figures.refusals());
        all.put("causes", figures.causes());
        all.put("moves", figures.moves());
        all.put("unjournaled", figures.unjournaled());
        return all;
    }

    private static Map<String, Object> offender(Offender offender) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("check", offender.check().name().toLowerCase(Locale.ROOT));
        all.put("epoch", offender.epoch());
        all.put("shard", offender.shard());
        all.put("position", offender.position());
        all.put("record", RecordView.id(offender.recordId()));
        all.put("text", offender.text());
        return all;
    }
}
