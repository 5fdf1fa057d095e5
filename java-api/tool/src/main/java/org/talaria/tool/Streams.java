package org.talaria.tool;

import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Where commands read and write; makes them with these streams. Immutable. */
final class Streams implements IFactory {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Streams(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == VerifyCommand.class) {
            return type.cast(new VerifyCommand(this));
        }
        if (type == ReplayCommand.class) {
            return type.cast(new ReplayCommand(this));
        }
        if (type == ShowCommand.class) {
            return type.cast(new ShowCommand(this));
        }
        if (type == SettingsCommand.class) {
            return type.cast(new SettingsCommand(this));
        }
        if (type == TopCommand.class) {
            return type.cast(new TopCommand(this));
        }
        if (type == ErrorsCommand.class) {
            return type.cast(new ErrorsCommand(this));
        }
        if (type == DumpCommand.class) {
            return type.cast(new DumpCommand(this));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
