package org.talaria.bench.command;

import org.talaria.bench.family.Catalogue;
import picocli.CommandLine.Command;

/** The table of bars of the path that a message takes. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description =
                "Holds Talaria against its peers and against its bars. Takes about half an hour; with --quick under 4 minutes. "
                        + "Wants a quiet machine: every other load tells.")
public final class PathCommand extends TableCommand {
    /** For picocli. */
    public PathCommand() {
        super(Catalogue.path());
    }
}
