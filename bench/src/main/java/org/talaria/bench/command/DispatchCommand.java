package org.talaria.bench.command;

import org.talaria.bench.family.Catalogue;
import picocli.CommandLine.Command;

/** The table of bars of the dispatcher. */
@Command(
        name = "dispatch",
        mixinStandardHelpOptions = true,
        description =
                "Holds the dispatcher against its bars. Takes about ten minutes; with --quick under two. unused-features builds the state of issue 1 first, "
                        + "once, in the user's cache folder (-Dtalaria.bench.scratch=FOLDER): it needs a git clone with its history. "
                        + "Wants a quiet machine: every other load tells.")
public final class DispatchCommand extends TableCommand {
    /** For picocli. */
    public DispatchCommand() {
        super(Catalogue.dispatch());
    }
}
