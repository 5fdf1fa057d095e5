package org.talaria.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code talaria settings}. */
@Command(
        name = "settings",
        description =
                "Prints what can be configured: name, unit, range, default, and what it does. Settings are given in Java: TalariaConfig.config().workers(2).",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:wrong usage"})
final class SettingsCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(names = "--markdown", description = "as docs/configuration.md, which is this output")
    private boolean markdown;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    SettingsCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.out().print(markdown ? SettingsPage.markdown() : SettingsPage.text());
        streams.out().flush();
        return ExitCode.OK;
    }
}
