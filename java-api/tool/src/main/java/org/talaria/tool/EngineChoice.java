package org.talaria.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.monitor.RegionReader;
import org.talaria.internal.monitor.RunningEngines;

/** The running engine that a command was given. */
final class EngineChoice {
    /** How commands say what may be given. */
    static final String DESCRIPTION =
            "the process whose engine is meant, or its region file talaria-PID-N.region (default: the one engine that runs)";

    private EngineChoice() {}

    /** Its region. @throws TalariaException naming cause and remedy: none, several, or one that cannot be read */
    static RegionReader open(@Nullable String given) {
        return RegionReader.open(choose(given, RunningEngines::find));
    }

    /** Looks for engines that run: slow, and not where a file was given. */
    @FunctionalInterface
    interface Search {
        List<Path> find();
    }

    static Path choose(@Nullable String given, Search search) {
        if (given != null && !given.matches("\\d+")) {
            return Path.of(given);
        }
        List<Path> running = search.find();
        if (given == null) {
            return only(
                    running,
                    "no engine runs that can be read from here: start the application, as the same user, or give the region file where its configuration has a regionFolder(…)",
                    "several engines run: give a PID or FILE of");
        }
        List<Path> ofProcess = running.stream()
                .filter(path -> String.valueOf(RunningEngines.pidOf(path)).equals(given))
                .toList();
        String others = running.isEmpty() ? "" : "; engines run in " + described(running);
        return only(
                ofProcess,
                "process " + given + " has no engine that can be read from here: check the PID, or give the region file"
                        + others,
                "process " + given + " has several engines: give a FILE of");
    }

    private static Path only(List<Path> found, String none, String several) {
        if (found.isEmpty()) {
            throw new TalariaException(none);
        }
        if (found.size() > 1) {
            throw new TalariaException(several + " " + described(found));
        }
        return found.get(0);
    }

    private static String described(List<Path> paths) {
        return paths.stream()
                .map(path -> RunningEngines.pidOf(path) + " (" + path + ")")
                .collect(Collectors.joining(", "));
    }
}
