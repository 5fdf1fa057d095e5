package org.talaria.tool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.talaria.EngineSnapshot;
import org.talaria.TalariaException;
import org.talaria.internal.monitor.RegionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code talaria top}. */
@Command(
        name = "top",
        description =
                "Shows what a running engine does: workers, and the busiest shards and endpoints. The engine is only read, it does not notice. Ctrl-C ends it.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, or the engine has ended", "2:no answer: wrong usage, or there is no such engine"})
final class TopCommand implements Callable<Integer> {
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final long LEAST_MS = 10;
    private static final long MOST_MS = 3_600_000;
    /** Home; what is left of a line and of the screen is cleared as they are written: nothing flickers. */
    private static final String HOME = "\033[H";

    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_REST = "\033[J";

    private final Streams streams;
    private final boolean terminal;

    @Parameters(arity = "0..1", paramLabel = "PID|FILE", description = EngineChoice.DESCRIPTION)
    private @Nullable String engine;

    @Option(names = "--once", description = "one view, of one interval")
    private boolean once;

    @Option(names = "--json", description = "one JSON object a line instead")
    private boolean json;

    @Option(
            names = "--sort",
            paramLabel = "COLUMN",
            defaultValue = "busy",
            description = "busy, handled, depth, high-water, p50, p99 or name (default: ${DEFAULT-VALUE})")
    private String sort = "busy";

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "between two views, such as 500ms or 2s (default: ${DEFAULT-VALUE})")
    private String interval = "1s";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "at most N shards and N endpoints (default: ${DEFAULT-VALUE})")
    private int limit = 10;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    TopCommand(Streams streams) {
        this.streams = streams;
        terminal = Terminal.isStandardOutput();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) {
            throw new TalariaException("--limit " + limit + " is out of range: give 1 or more");
        }
        TopColumn column = TopColumn.of(sort);
        Duration pause = interval();
        RegionReader reader = EngineChoice.open(engine);
        EngineSnapshot before = reader.snapshot();
        boolean goesOn = true;
        while (goesOn) {
            Thread.sleep(pause.toMillis());
            // In front of the figures: those of an engine that ends now are its last
            boolean alive = reader.alive();
            EngineSnapshot now = reader.snapshot();
            show(new Rates(before, now), column);
            before = now;
            goesOn = !once && alive && !streams.out().checkError();
            if (!alive) {
                streams.err().println("talaria top: the engine has ended; these were its last figures");
            }
        }
        streams.out().flush();
        return ExitCode.OK;
    }

    private Duration interval() {
        Matcher matcher = INTERVAL.matcher(interval);
        long ms = matcher.matches()
                ? Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("s") ? 1_000 : 1)
                : 0;
        if (ms < LEAST_MS || ms > MOST_MS) {
            throw new TalariaException(
                    "--interval " + interval + " is no time from 10 ms to an hour: give one such as 500ms or 2s");
        }
        return Duration.ofMillis(ms);
    }

    private void show(Rates rates, TopColumn column) {
        if (json) {
            streams.out().print(TopJson.of(rates, column, limit) + '\n');
            return;
        }
        List<String> lines = new TopText(rates, column, limit).lines();
        boolean live = terminal && !once;
        StringBuilder view = new StringBuilder(live ? HOME : "");
        for (String line : lines) {
            view.append(line).append(live ? CLEAR_LINE : "").append('\n');
        }
        view.append(live ? CLEAR_REST : once ? "" : "\n");
        streams.out().print(view);
        streams.out().flush();
    }
}
