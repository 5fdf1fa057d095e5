package org.talaria.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code talaria replay}. */
@Command(
        name = "replay",
        description =
                "Feeds a journal to the application's own handlers again, Java and C++, deterministically on one thread, and compares what they do with the journal.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and the handlers did what they did in the run",
            "1:they did something else",
            "2:no answer: wrong usage, or the journal or the application cannot be read"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "JOURNAL", description = "folder of the journal")
    private @Nullable Path journal;

    @Option(
            names = "--app",
            paramLabel = "CLASS",
            required = true,
            description =
                    "a public class that implements org.talaria.journal.replay.ReplayApplication and registers handlers by endpoint name")
    private String app = "";

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            description =
                    "folders and jars of the application, separated as on this platform; FOLDER/* for all its jars; may be given several times")
    private List<String> classPath = new ArrayList<>();

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            description = "only what this endpoint got; may be given several times")
    private List<String> endpoints = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "only what was handled from then on, in UTC: 10:00, or 2026-11-21T10:00:00Z")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "only what was handled before then")
    private @Nullable String to;

    @Option(names = "--epoch", paramLabel = "N", description = "this run of the engine, from 1 (default: the last)")
    private int epoch;

    @Option(names = "--step", description = "message by message: Enter goes on, q ends")
    private boolean step;

    @Option(
            names = "--pace",
            paramLabel = "FACTOR",
            arity = "0..1",
            fallbackValue = "1",
            description = "in recorded time, or so many times as fast (default: at full speed)")
    private double pace;

    @Option(
            names = "--library",
            paramLabel = "NAME=PATH",
            description =
                    "another file for a C++ handler library: NAME is an endpoint, or a library's path or file name in the journal; only PATH: for all")
    private List<String> libraries = new ArrayList<>();

    @Option(names = "--json", description = "print the answer as one JSON object")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    ReplayCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Path folder = JournalPath.checked(journal);
        JournalIndex index = JournalIndex.of(folder);
        if (index.epochs().isEmpty()) {
            throw new TalariaException("the journal " + folder + " is empty: there is nothing to replay");
        }
        EpochIndex run = epoch == 0 ? index.last() : index.epoch(epoch);
        ReplayResult result;
        try (Application application = Application.load(app, classPath);
                ProgressBar bar = new ProgressBar(streams.err(), Terminal.isStandardError() && !step, "replaying")) {
            ReplayOptions.Builder options = options(run).progress(bar::at);
            if (step) {
                options.each(new Stepper(streams, json ? streams.err() : streams.out()));
            }
            result = Replay.run(folder, application.instance(), options.build());
        }
        ReplayReport report = new ReplayReport(result);
        streams.out().println(json ? report.json() : report.text());
        return result.equal() ? ExitCode.OK : ExitCode.REFUTED;
    }

    private ReplayOptions.Builder options(EpochIndex run) {
        Times times = new Times(run.info().startTimeMs());
        ReplayOptions.Builder options = ReplayOptions.builder()
                .epoch(epoch)
                .pace(pace)
                .between(times.epochNs("--from", from), times.epochNs("--to", to));
        endpoints.forEach(options::endpoint);
        Libraries.of(libraries, run.directory().endpoints()).forEach(options::library);
        return options;
    }
}
