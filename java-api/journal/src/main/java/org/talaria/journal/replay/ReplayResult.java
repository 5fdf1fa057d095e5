package org.talaria.journal.replay;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a replay did.
 *
 * @param messages fed to handlers, the engine's own records not counted
 * @param handled records that the handlers took
 * @param dead records that became dead letters, as in the run
 * @param sends of handlers that were compared with the journal
 * @param divergences the first places where the replay differed from the run
 * @param divergenceCount all of them
 * @param snapshots the states after the last message, by endpoint
 * @param skipped endpoints of the journal for which nothing was registered: their messages were not fed
 * @param complete whether everything was fed that was asked for; false if a listener ended it
 * @param limits what was left out, for a person
 */
public record ReplayResult(
        long messages,
        long handled,
        long dead,
        long sends,
        List<Divergence> divergences,
        long divergenceCount,
        Map<String, byte[]> snapshots,
        Set<String> skipped,
        boolean complete,
        List<String> limits) {
    /** Whether all endpoints did what they did in the run. */
    public boolean equal() {
        return divergenceCount == 0;
    }

    /**
     * Compares the states with those of the run, byte for byte; the differences, endpoints that only one side has included. The state of a C++ handler that writes snapshots is in the
     * replay: ask the handler for it in the run, by a message of yours, or give what {@link #snapshots} has of it to compare the rest.
     */
    public List<Divergence> compare(Map<String, byte[]> run) {
        List<Divergence> found = new ArrayList<>();
        run.forEach((name, state) -> {
            byte[] replayed = snapshots.get(name);
            if (!Arrays.equals(state, replayed)) {
                found.add(new Divergence(
                        Divergence.Kind.OTHER_STATE,
                        name,
                        0,
                        "the state of " + name + " differs: " + describe(state) + " in the run, " + describe(replayed)
                                + " in the replay"));
            }
        });
        snapshots.forEach((name, state) -> {
            if (!run.containsKey(name)) {
                found.add(
                        new Divergence(Divergence.Kind.OTHER_STATE, name, 0, "only the replay has a state of " + name));
            }
        });
        return found;
    }

    private static String describe(byte @org.jspecify.annotations.Nullable [] state) {
        return state == null
                ? "none"
                : state.length + " bytes, SHA-256 " + sha256(state).substring(0, 16);
    }

    /** SHA-256 of an endpoint's state, in hexadecimal; empty if it has none. */
    public String hash(String endpoint) {
        byte[] state = snapshots.get(endpoint);
        return state == null ? "" : sha256(state);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
