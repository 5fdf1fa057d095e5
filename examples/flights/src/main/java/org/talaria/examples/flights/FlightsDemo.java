package org.talaria.examples.flights;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.talaria.EngineKind;
import org.talaria.examples.flights.input.AirportNames;
import org.talaria.examples.flights.report.JsonReport;
import org.talaria.examples.flights.report.Results;
import org.talaria.examples.flights.report.TextReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code talaria demo}: real flights through actors, journaled, verified, replayed, compared and reported.
 *
 * <p>Exit codes: 0 when the order is proved and the replay is equal; 1 when something failed; 2 for wrong usage or an input that cannot be read; 3 with
 * {@code --strict} when there were malformed lines; 130 after Ctrl-C.
 */
@Command(
        name = "talaria demo",
        description =
                "Sends real flights through actors and a C++ handler, journals everything, proves the order, replays it and compares the states.",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:the order is proved and the replay is equal",
            " 1:something failed or was not proved",
            " 2:wrong usage, or the input is missing or unreadable",
            " 3:with --strict, there were malformed lines",
            "130:interrupted"
        })
public final class FlightsDemo implements Callable<Integer> {
    private static final int MAX_WORKERS = 32;

    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "CSV of flights (default: 20,000 built-in flights of 2001)")
    private @Nullable Path input;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "send the flights N times (default: 1)")
    private int repeat;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "write one CSV row per airport; malformed lines go to rejects.csv beside it (without --output: in the working folder)")
    private @Nullable Path output;

    @Option(
            names = "--engine",
            paramLabel = "native|java",
            description = "which engine (default: native where it can be had)")
    private @Nullable String engine;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "worker threads of the native engine, 1 to 32 (default: half the processors)")
    private @Nullable Integer workers;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "keep the journal in this new or empty folder (default: a temporary one)")
    private @Nullable Path journal;

    @Option(names = "--json", description = "print the report as one JSON object")
    private boolean json;

    @Option(names = "--strict", description = "exit with 3 if there were malformed lines")
    private boolean strict;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    private FlightsDemo(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs the demonstration and ends the process. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the demonstration on standard output and error. @return the exit code */
    public static int run(String... args) {
        return run(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                args);
    }

    /** Runs the demonstration. @param out the report @param err everything else @return the exit code */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new FlightsDemo(out, err))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, rest) -> {
                    err.println("talaria demo: " + e.getMessage() + ": see talaria demo --help");
                    return ExitCode.USAGE;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        try {
            Results results = results(options());
            AirportNames names = AirportNames.builtIn();
            out.print(json ? new JsonReport(results, names).text() + '\n' : new TextReport(results, names).text());
            out.flush();
            return strict && !results.rejects().isEmpty() ? ExitCode.REJECTS : ExitCode.OK;
        } catch (DemoException e) {
            // An interrupted run has said so, as soon as it was: the process may end before this line is reached.
            if (e.exitCode() != ExitCode.INTERRUPTED) {
                err.println("talaria demo: " + e.getMessage());
            }
            return e.exitCode();
        }
    }

    private Results results(DemoOptions options) {
        try (Progress progress = new Progress(err, Progress.isTerminal())) {
            return new DemoRun(options, progress).run();
        }
    }

    private DemoOptions options() {
        if (repeat < 1) {
            throw wrong("--repeat " + repeat + " is out of range: give 1 or more");
        }
        if (workers != null && (workers < 1 || workers > MAX_WORKERS)) {
            throw wrong("--workers " + workers + " is out of range: give 1 to " + MAX_WORKERS);
        }
        return new DemoOptions(input, repeat, output, kind(), workers == null ? 0 : workers, journal);
    }

    private EngineKind kind() {
        if (engine == null) {
            return EngineKind.AUTO;
        }
        return switch (engine.toLowerCase(Locale.ROOT)) {
            case "native" -> EngineKind.NATIVE;
            case "java" -> EngineKind.JAVA;
            default -> throw wrong("--engine " + engine + " is no engine: give native or java");
        };
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
