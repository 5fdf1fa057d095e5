package org.talaria.journal.show;

import org.jspecify.annotations.Nullable;

/**
 * Which messages are shown; null or 0 leaves a condition out. Immutable.
 *
 * @param endpoint name of the receiver
 * @param sender name of the sender, or its id
 * @param type binary name of the message, or its simple name
 * @param fromNs wall clock of the turn, nanoseconds since 1970, from here on
 * @param toNs wall clock of the turn, nanoseconds since 1970, before this
 * @param epoch the engine's run
 * @param controls whether the engine's own records are shown too
 */
public record Filter(
        @Nullable String endpoint,
        @Nullable String sender,
        @Nullable String type,
        long fromNs,
        long toNs,
        int epoch,
        boolean controls) {
    private static final Filter ALL = new Filter(null, null, null, 0, 0, 0, false);

    /** All messages. */
    public static Filter all() {
        return ALL;
    }

    /** To one endpoint. */
    public Filter endpoint(String name) {
        return new Filter(name, sender, type, fromNs, toNs, epoch, controls);
    }

    /** Of one sender: its name or id. */
    public Filter sender(String nameOrId) {
        return new Filter(endpoint, nameOrId, type, fromNs, toNs, epoch, controls);
    }

    /** Of one type: its binary or simple name. */
    public Filter type(String name) {
        return new Filter(endpoint, sender, name, fromNs, toNs, epoch, controls);
    }

    /** Handled in a span of time: wall clock, nanoseconds since 1970; 0 leaves an end open. */
    public Filter between(long fromNs, long toNs) {
        return new Filter(endpoint, sender, type, fromNs, toNs, epoch, controls);
    }

    /** Of one run of an engine. */
    public Filter epoch(int number) {
        return new Filter(endpoint, sender, type, fromNs, toNs, number, controls);
    }

    /** With the engine's own records: start, stop, time-outs. */
    public Filter withControls() {
        return new Filter(endpoint, sender, type, fromNs, toNs, epoch, true);
    }

    boolean accepts(Shown message) {
        return matches(endpoint, message.endpoint())
                && (matches(sender, message.sender())
                        || String.valueOf((int) (message.id() >> 32)).equals(sender))
                && (matches(type, message.type())
                        || message.type()
                                .substring(1
                                        + Math.max(
                                                message.type().lastIndexOf('.'),
                                                message.type().lastIndexOf('$')))
                                .equals(type))
                && (fromNs == 0 || message.timeNs() >= fromNs)
                && (toNs == 0 || message.timeNs() != 0 && message.timeNs() < toNs);
    }

    private static boolean matches(@Nullable String wanted, String is) {
        return wanted == null || wanted.equals(is);
    }
}
