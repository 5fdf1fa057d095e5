package org.talaria.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.talaria.journal.replay.StepListener;
import org.talaria.journal.show.Shown;

/** Shows each message before it is handled, and waits for a person: Enter goes on, {@code q} or the end of the input ends. */
final class Stepper implements StepListener {
    private final Streams streams;
    private final PrintStream shown;
    private final BufferedReader typed;

    /** @param shown where the messages go: not where a program reads JSON */
    Stepper(Streams streams, PrintStream shown) {
        this.streams = streams;
        this.shown = shown;
        this.typed = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    }

    @Override
    public boolean before(Supplier<Shown> message) {
        shown.println(message.get().line());
        streams.err().print("Enter: next, q: end > ");
        streams.err().flush();
        try {
            String line = typed.readLine();
            return line != null && !line.strip().equalsIgnoreCase("q");
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }
}
