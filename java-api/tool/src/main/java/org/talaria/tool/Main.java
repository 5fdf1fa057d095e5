package org.talaria.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.talaria.TalariaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code talaria}. The launcher {@code ./talaria} builds what is needed and starts this with the JVM flags that a journal needs. */
@Command(
        name = "talaria",
        description =
                "A message fabric inside one process for Java and C++: its demonstration, tools for its journals and running engines, its settings.",
        versionProvider = Version.class,
        subcommands = {
            VerifyCommand.class,
            ReplayCommand.class,
            ShowCommand.class,
            TopCommand.class,
            ErrorsCommand.class,
            DumpCommand.class,
            SettingsCommand.class,
            HelpCommand.class
        },
        usageHelpAutoWidth = true,
        footerHeading = "%nElsewhere, with options of their own:%n",
        footer = {
            "  demo     The demonstration: real flights, journaled, proved, replayed",
            "  bench    The benchmarks: talaria bench path [--quick] [--json FILE]",
            "",
            "talaria COMMAND --help tells the options of a command."
        })
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    private boolean version;

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(System.in, stream(FileDescriptor.out), stream(FileDescriptor.err), args));
    }

    /**
     * Runs a command.
     *
     * @param in what a person types
     * @param out what it prints
     * @param err errors and progress
     * @return the exit code
     */
    public static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        if (args.length > 0 && Delegates.knows(args[0])) {
            return Delegates.run(args[0], err, Arrays.copyOfRange(args, 1, args.length));
        }
        if (args.length > 1 && args[0].equals("help") && Delegates.knows(args[1])) {
            return Delegates.run(args[1], err, "--help");
        }
        if (args.length == 0) {
            return commandLine(new Streams(in, out, err)).execute("--help");
        }
        return commandLine(new Streams(in, out, err)).execute(args);
    }

    private static CommandLine commandLine(Streams streams) {
        return new CommandLine(new Main(), streams)
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, args) -> usage(streams.err(), e))
                .setExecutionExceptionHandler((e, command, result) -> failure(streams.err(), command, e));
    }

    private static int usage(PrintStream err, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(command + ": " + oneLine(e.getMessage()) + ": see " + command + " --help");
        return ExitCode.USAGE;
    }

    private static int failure(PrintStream err, CommandLine command, Exception e) {
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof TalariaException || e instanceof IllegalArgumentException) {
            err.println(name + ": " + oneLine(String.valueOf(e.getMessage())));
            return ExitCode.USAGE;
        }
        err.println(name + ": " + e + ": this is a fault of the tool, please report it");
        e.printStackTrace(err);
        return ExitCode.FAULT;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }

    /** In UTF-8, whatever the platform's own charset is. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
