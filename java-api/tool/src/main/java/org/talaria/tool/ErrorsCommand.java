package org.talaria.tool;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.monitor.RegionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code talaria errors}. */
@Command(
        name = "errors",
        description =
                "Prints the errors of an engine, each distinct one once, with how often and when it was seen: what its handlers threw, stalls, failures of its own.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:no answer: wrong usage, or there is no such engine"})
final class ErrorsCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(arity = "0..1", paramLabel = "PID|FILE", description = EngineChoice.DESCRIPTION)
    private @Nullable String engine;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    ErrorsCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        RegionReader reader = EngineChoice.open(engine);
        if (reader.errors(this::print) == 0 && !json) {
            streams.err().println("talaria errors: none in " + reader.path());
        }
        streams.out().flush();
        return ExitCode.OK;
    }

    private void print(int count, long firstMs, long lastMs, String text) {
        if (json) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("count", count);
            error.put("first_ms", firstMs);
            error.put("last_ms", lastMs);
            error.put("text", text);
            streams.out().print(Json.of(error) + '\n');
        } else {
            streams.out()
                    .print(count + " times, from " + Instant.ofEpochMilli(firstMs) + " to "
                            + Instant.ofEpochMilli(lastMs) + ":\n" + text.stripTrailing() + "\n\n");
        }
    }
}
