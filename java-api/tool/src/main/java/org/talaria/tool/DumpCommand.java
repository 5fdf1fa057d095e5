package org.talaria.tool;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.monitor.RegionReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code talaria dump}. */
@Command(
        name = "dump",
        description =
                "Tells who drains what in a running engine and for how long, and what waits. Java stacks are in monitor().dump(), and in jstack's of the process.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:no answer: wrong usage, or there is no such engine"})
final class DumpCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(arity = "0..1", paramLabel = "PID|FILE", description = EngineChoice.DESCRIPTION)
    private @Nullable String engine;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    DumpCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        RegionReader reader = EngineChoice.open(engine);
        if (!reader.alive()) {
            streams.err().println("talaria dump: the engine has ended; this is what was so at the end");
        }
        streams.out().print(reader.dump());
        streams.out().flush();
        return ExitCode.OK;
    }
}
