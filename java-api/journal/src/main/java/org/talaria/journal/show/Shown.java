package org.talaria.journal.show;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.talaria.journal.read.RecordView;

/**
 * One message, decoded.
 *
 * @param epoch the engine's run
 * @param shard where it was handled
 * @param position in the shard's ring
 * @param turn in which, 0 if not known
 * @param timeNs wall clock of the turn, nanoseconds since 1970; 0 if not known
 * @param id sender in bits 32–63, sequence in bits 0–31
 * @param sender name, or id where no name is known
 * @param endpoint name of the receiver, or its address where no name is known
 * @param type binary name of the message, or what the engine's own record does
 * @param cause id of the record whose handling sent this one; 0 if there is none
 * @param reply whether it answers a request
 * @param forked whether it is one of a fork's, that its sender counted
 * @param state {@code handled}, {@code dead: REASON} or {@code not known to be handled}
 * @param text its fields for a person
 * @param json its fields as a JSON object, or a JSON string that says why they cannot be decoded
 */
public record Shown(
        int epoch,
        int shard,
        long position,
        long turn,
        long timeNs,
        long id,
        String sender,
        String endpoint,
        String type,
        long cause,
        boolean reply,
        boolean forked,
        String state,
        String text,
        String json) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final long SECOND = 1_000_000_000L;

    private Instant instant() {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, SECOND), Math.floorMod(timeNs, SECOND));
    }

    /** One line for a person; times in UTC. */
    public String line() {
        return (timeNs == 0 ? "--:--:--.------" : TIME.format(instant())) + "  " + RecordView.id(id) + "  " + sender
                + " -> " + endpoint + "  "
                + type.substring(type.lastIndexOf('.') + 1) + (reply ? " (reply)" : "") + (forked ? " (forked) " : " ")
                + text
                + (cause == 0 ? "" : "  cause " + RecordView.id(cause))
                + (state.equals("handled") ? "" : "  [" + state + "]");
    }

    /** One line of JSON. */
    public String toJson() {
        ValueWriter out = new ValueWriter(true);
        out.beginObject();
        out.name("epoch").raw(String.valueOf(epoch));
        out.name("time").raw(timeNs == 0 ? "null" : "\"" + instant() + "\"");
        out.name("shard").raw(String.valueOf(shard));
        out.name("position").raw(String.valueOf(position));
        out.name("turn").raw(String.valueOf(turn));
        out.name("id").string(RecordView.id(id));
        out.name("sender").string(sender);
        out.name("endpoint").string(endpoint);
        out.name("type").string(type);
        out.name("cause").raw(cause == 0 ? "null" : "\"" + RecordView.id(cause) + "\"");
        out.name("reply").raw(String.valueOf(reply));
        out.name("forked").raw(String.valueOf(forked));
        out.name("state").string(state);
        out.name("fields").raw(json);
        out.endObject();
        return out.take();
    }
}
