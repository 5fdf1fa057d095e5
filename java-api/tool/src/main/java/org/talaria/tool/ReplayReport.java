package org.talaria.tool;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.replay.Divergence;
import org.talaria.journal.replay.ReplayResult;

/** What a replay found, for a person or a program. */
final class ReplayReport {
    private static final int SHOWN_STATES = 10;
    private static final int SHOWN_DIGITS = 16;

    private final ReplayResult result;

    ReplayReport(ReplayResult result) {
        this.result = result;
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d messages replayed, %,d records handled, %,d dead letters; %,d sends compared with the journal, %,d differences",
                result.equal() ? "equal" : "NOT equal",
                result.messages(),
                result.handled(),
                result.dead(),
                result.sends(),
                result.divergenceCount()));
        result.divergences().forEach(divergence -> line(text, name(divergence) + ": " + divergence.text()));
        if (result.divergenceCount() > result.divergences().size()) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "and %,d more",
                            result.divergenceCount() - result.divergences().size()));
        }
        states(text);
        if (!result.skipped().isEmpty()) {
            line(
                    text,
                    "nothing is registered for "
                            + String.join(
                                    ", ", result.skipped().stream().sorted().toList())
                            + ": their messages were left out");
        }
        if (!result.complete()) {
            line(text, "ended before the end of what was asked for");
        }
        result.limits().forEach(limit -> line(text, limit));
        return text.toString();
    }

    private void states(StringBuilder text) {
        result.snapshots().keySet().stream()
                .limit(SHOWN_STATES)
                .forEach(name -> line(
                        text,
                        "state of " + name + ": " + result.snapshots().get(name).length + " bytes, SHA-256 "
                                + result.hash(name).substring(0, SHOWN_DIGITS) + "…"));
        int more = result.snapshots().size() - SHOWN_STATES;
        if (more > 0) {
            line(text, "and " + more + " more states; --json has them all");
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append("\n  ").append(line);
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("equal", result.equal());
        all.put("complete", result.complete());
        all.put("messages", result.messages());
        all.put("handled", result.handled());
        all.put("dead", result.dead());
        all.put("sends_compared", result.sends());
        all.put("difference_count", result.divergenceCount());
        all.put(
                "differences",
                result.divergences().stream().map(ReplayReport::fields).toList());
        Map<String, Object> states = new LinkedHashMap<>();
        result.snapshots().keySet().forEach(name -> states.put(name, result.hash(name)));
        all.put("states_sha256", states);
        all.put("skipped", result.skipped().stream().sorted().toList());
        all.put("limits", result.limits());
        return Json.of(all);
    }

    private static Map<String, Object> fields(Divergence divergence) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", name(divergence));
        all.put("endpoint", divergence.endpoint());
        all.put("handling", RecordView.id(divergence.causeId()));
        all.put("text", divergence.text());
        return all;
    }

    private static String name(Divergence divergence) {
        return divergence.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
