package org.talaria.examples.flights;

import java.io.IOException;
import java.nio.file.Path;
import org.talaria.TalariaException;
import org.talaria.examples.flights.input.BuiltIn;
import org.talaria.examples.flights.input.FlightFile;
import org.talaria.examples.flights.input.Flights;
import org.talaria.examples.flights.input.InputException;
import org.talaria.examples.flights.report.AirportCsv;
import org.talaria.examples.flights.report.RejectsFile;
import org.talaria.examples.flights.report.Results;

/** One run, from the input to the files it writes. Used once. */
final class DemoRun {
    private final DemoOptions options;
    private final Progress progress;

    DemoRun(DemoOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** @throws DemoException if the run cannot go on, or does not prove what it must */
    Results run() {
        Path rejects = Places.check(options.input(), options.output());
        Flights flights = read();
        try (Interruption interruption = new Interruption(progress::say)) {
            try (RunFolder folder = RunFolder.of(options.journal())) {
                return run(flights, rejects, folder, interruption);
            } catch (RuntimeException | Error e) {
                // While the process ends, parts that are just being loaded fail in odd ways; that is no fault to
                // report.
                interruption.check();
                if (e instanceof TalariaException) {
                    throw new DemoException(ExitCode.FAILED, e.getMessage(), e);
                }
                throw e;
            }
        }
    }

    private Results run(Flights flights, Path rejects, RunFolder folder, Interruption interruption) {
        try {
            RejectsFile.write(rejects, flights.rejects());
            LiveRun.Outcome live = new LiveRun(options, folder, interruption, progress).run(flights.flights());
            Results.Proof proof = new Prover(folder, interruption, progress).prove(live);
            Results results = results(flights, rejects, live, proof);
            if (options.output() != null) {
                AirportCsv.write(options.output(), results.airports());
            }
            return results;
        } catch (IOException e) {
            throw new DemoException(
                    ExitCode.FAILED,
                    "cannot write the results: " + e + ": give --output a file in a folder that can be written",
                    e);
        }
    }

    private Flights read() {
        try {
            return options.input() == null ? BuiltIn.flights() : FlightFile.read(options.input());
        } catch (InputException e) {
            throw new DemoException(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private Results results(Flights flights, Path rejects, LiveRun.Outcome live, Results.Proof proof) {
        return new Results(
                options.input() == null
                        ? "the built-in flights of 2001"
                        : options.input().toString(),
                flights.flights().size(),
                flights.rejects(),
                rejects,
                options.repeat(),
                live.engine(),
                live.endpoints().states(),
                live.endpoints().collected().table().routes(),
                live.speed(),
                proof,
                options.output());
    }
}
