package org.talaria.bench.baseline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.ours.Ours;
import org.talaria.bench.ours.TellPipe;
import org.talaria.bench.pipe.OneWay;

/**
 * One side, in a process of its own: runs a trial for each line {@code payload operations} of its standard input, and answers with a line {@code value elapsedNs}, or
 * {@code failed: reason}. Between lines it does nothing. Its first line is {@code ready} and the engine that runs. It ends, whatever it is at, when its input does.
 *
 * <p>This class alone is put beside an earlier state's: it may use of the others only what that state has too.
 */
public final class Resident {
    /** First word when all is loaded. */
    static final String READY = "ready ";

    /** First word of an answer that is none. */
    static final String FAILED = "failed: ";

    private Resident() {}

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // Whoever prints must not talk into the answers
        System.setOut(System.err);
        LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        Thread reader = new Thread(() -> read(in, asked), "asked");
        reader.setDaemon(true);
        reader.start();
        answers.println(READY + Ours.engine());
        IntFunction<Trial> trials = payload -> new OneWay(check -> new TellPipe(check, payload, TellPipe.Way.CLAIM));
        while (true) {
            answers.println(answer(asked.take(), trials));
        }
    }

    private static void read(BufferedReader in, LinkedBlockingQueue<String> asked) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked.add(line);
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e);
        }
        // Who asked is gone: a trial that spins on would take the machine from others
        Runtime.getRuntime().halt(0);
    }

    /** The answer to a line. */
    static String answer(String line, IntFunction<Trial> trials) {
        try {
            String[] fields = line.split(" ");
            Timing timing = trials.apply(Integer.parseInt(fields[0])).run(Long.parseLong(fields[1]));
            return timing.value() + " " + timing.elapsedNs();
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            return FAILED + e;
        }
    }
}
