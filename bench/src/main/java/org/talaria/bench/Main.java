package org.talaria.bench;

import org.talaria.bench.command.OneCommand;
import org.talaria.bench.command.PathCommand;
import org.talaria.bench.command.SmokeCommand;
import org.talaria.bench.command.SweepCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code talaria bench}: measures ours against the peers. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Talaria against other libraries, in the same run, alternating.",
        subcommands = {PathCommand.class, SweepCommand.class, SmokeCommand.class, OneCommand.class})
public final class Main {
    private Main() {}

    /** For those who mount this under a command of their own. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    /** Runs a command; ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
