package org.talaria.bench;

import org.talaria.bench.command.DispatchCommand;
import org.talaria.bench.command.OneCommand;
import org.talaria.bench.command.PathCommand;
import org.talaria.bench.command.ScalingCommand;
import org.talaria.bench.command.SmokeCommand;
import org.talaria.bench.command.SweepCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code talaria bench}: measures ours against the peers. */
@Command(
        name = "talaria bench",
        mixinStandardHelpOptions = true,
        description = "Measures Talaria against other libraries, in the same run, alternating.",
        subcommands = {
            PathCommand.class,
            DispatchCommand.class,
            ScalingCommand.class,
            SweepCommand.class,
            SmokeCommand.class,
            OneCommand.class
        })
public final class Main {
    private Main() {}

    /** For those who mount this under a command of their own. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main()).setParameterExceptionHandler((e, arguments) -> usage(e));
    }

    /** One line, as the other commands of talaria do it. */
    private static int usage(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        e.getCommandLine().getErr().println(command + ": " + e.getMessage() + ": see " + command + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** Runs a command; ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
