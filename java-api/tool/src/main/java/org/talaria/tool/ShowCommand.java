package org.talaria.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.show.Shown;
import org.talaria.message.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code talaria show}. */
@Command(
        name = "show",
        description =
                "Prints the messages of a journal with decoded fields, in the order handled. Needs no classes of the application.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:no answer: wrong usage, or the journal is missing or cannot be read"})
final class ShowCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 10;

    private final Streams streams;
    private long left;

    @Parameters(paramLabel = "JOURNAL", description = "folder of the journal")
    private @Nullable Path journal;

    @Option(names = "--endpoint", paramLabel = "NAME", description = "only messages to this endpoint")
    private @Nullable String endpoint;

    @Option(names = "--sender", paramLabel = "NAME", description = "only messages of this sender: its name or id")
    private @Nullable String sender;

    @Option(
            names = "--type",
            paramLabel = "NAME",
            description = "only messages of this type: its binary or simple name")
    private @Nullable String type;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "only what was handled from then on, in UTC: 10:00, or 2026-11-21T10:00:00Z")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "only what was handled before then")
    private @Nullable String to;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description = "only this run of the engine, from 1 (default: all; of --causes-of: the last)")
    private int epoch;

    @Option(names = "--controls", description = "the engine's own records too: start, stop, time-outs")
    private boolean controls;

    @Option(names = "--limit", paramLabel = "N", description = "at most N messages")
    private @Nullable Long limit;

    @Option(
            names = "--causes-of",
            paramLabel = "ID",
            description = "the chain of causes of one message, sender:sequence, back to what a thread sent")
    private @Nullable String causesOf;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    ShowCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        left = limit == null ? Long.MAX_VALUE : limit;
        if (left < 1) {
            throw new TalariaException("--limit " + left + " is out of range: give 1 or more");
        }
        Show show = Show.of(JournalPath.checked(journal));
        if (!json && endpoint != null && causesOf == null) {
            tellMoves(show, endpoint);
        }
        if (causesOf != null) {
            for (Shown shown : show.causesOf(Show.parseId(causesOf), epoch)) {
                print(shown);
            }
        } else if (!show.index().epochs().isEmpty() && show.each(filter(show), this::print) == 0) {
            sayWhyNone(show);
        }
        streams.out().flush();
        return ExitCode.OK;
    }

    /** Where the endpoint lived: above its messages, which come from several shards then. */
    private void tellMoves(Show show, String name) {
        for (EpochIndex day : show.index().epochs()) {
            for (EndpointInfo info : day.directory().endpoints()) {
                List<Integer> shards = day.shardsOf(info);
                if (info.name().equals(name)
                        && shards.size() > 1
                        && (epoch == 0 || epoch == day.info().epoch())) {
                    streams.out().print(line(day, name, shards) + '\n');
                }
            }
        }
    }

    private static String line(EpochIndex day, String name, List<Integer> shards) {
        return "epoch " + day.info().epoch() + ": " + name + " moved " + (shards.size() - 1) + " times, from shard "
                + shards.stream().limit(MOST_NAMES).map(String::valueOf).collect(Collectors.joining(" to "))
                + (shards.size() > MOST_NAMES ? " and so on, at last to " + shards.get(shards.size() - 1) : "");
    }

    /** A name that the journal does not have is a slip of whoever typed it; else there is just nothing. */
    private void sayWhyNone(Show show) {
        checkName("--endpoint", endpoint, show, day -> day.directory().endpoints().stream()
                .map(EndpointInfo::name));
        checkName(
                "--type", type, show, day -> day.directory().schemas().stream().map(Schema::name));
        streams.err().println("talaria show: no message of the journal fits");
    }

    private static void checkName(
            String option, @Nullable String given, Show show, Function<EpochIndex, Stream<String>> names) {
        if (given == null) {
            return;
        }
        List<String> all = show.index().epochs().stream()
                .flatMap(names)
                .distinct()
                .sorted()
                .toList();
        if (all.stream()
                .noneMatch(name -> name.equals(given) || name.endsWith("." + given) || name.endsWith("$" + given))) {
            String some = String.join(", ", all.subList(0, Math.min(MOST_NAMES, all.size())));
            throw new TalariaException("the journal knows no " + option.substring(2) + " " + given + ": it has " + some
                    + (all.size() > MOST_NAMES ? " and " + (all.size() - MOST_NAMES) + " more" : ""));
        }
    }

    private Filter filter(Show show) {
        EpochIndex day = epoch == 0 ? show.index().last() : show.index().epoch(epoch);
        Times times = new Times(day.info().startTimeMs());
        return new Filter(
                endpoint, sender, type, times.epochNs("--from", from), times.epochNs("--to", to), epoch, controls);
    }

    /** @return whether more is wanted: not when the limit is reached, or who reads has gone ({@code | head}) */
    private boolean print(Shown shown) {
        streams.out().print((json ? shown.toJson() : shown.line()) + '\n');
        left--;
        return left > 0 && !streams.out().checkError();
    }
}
