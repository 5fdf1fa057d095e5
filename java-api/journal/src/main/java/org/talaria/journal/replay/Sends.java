package org.talaria.journal.replay;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.talaria.internal.engine.ReplaySink;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.Hash;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.replay.Divergence.Kind;

/**
 * Holds what handlers send in a replay against what the journal says they sent: by the record's id, for a handler that does the same gives the same
 * numbers. Effects stand behind their causes in the order that is fed; so what was sent waits here until its record comes by.
 */
final class Sends implements ReplaySink {
    private static final int MOST = 20;
    private static final int COMPARED_FLAGS =
            RecordDescriptor.FLAG_REPLY | RecordDescriptor.FLAG_FAILURE | RecordDescriptor.FLAG_RAW;

    /** What was sent: whom to, its type, flags that matter, and the hash of its payload. */
    private record Sent(String from, long cause, String target, int type, int flags, long hash) {}

    private final EpochIndex epoch;
    private final Long2ObjectHashMap<Sent> waiting = new Long2ObjectHashMap<>();
    private final List<Sent> replies = new ArrayList<>();
    private final List<Divergence> first = new ArrayList<>();
    private List<EpochIndex.Refusal> refusals = List.of();
    private String handling = "";
    private long cause;
    private long count;
    private long compared;

    Sends(EpochIndex epoch) {
        this.epoch = epoch;
    }

    /** A record is about to be fed to a handler. */
    void begin(String endpoint, long id, int shard, long position) {
        handling = endpoint;
        cause = id;
        refusals = epoch.refusals(shard, position);
        replies.clear();
    }

    @Override
    public void sent(String target, long record) {
        int flags = RecordDescriptor.flags(record);
        int header = RecordDescriptor.headerBytes(flags);
        int type = Mem.getInt(record + RecordDescriptor.TYPE_OFFSET);
        if (type == RecordDescriptor.CONTROL_FAILURE) {
            // The engine's own, in its worker's name.
            return;
        }
        Sent sent = new Sent(
                handling,
                cause,
                target,
                type,
                flags & COMPARED_FLAGS,
                Hash.of(record + header, Mem.getInt(record) - header));
        if (target.isEmpty()) {
            replies.add(sent);
        } else {
            waiting.put(RecordDescriptor.id(record), sent);
        }
    }

    @Override
    public boolean refused(int ordinal) {
        for (EpochIndex.Refusal refusal : refusals) {
            if (refusal.ordinal() == ordinal) {
                return true;
            }
        }
        return false;
    }

    /** The record was handled: its replies to waiting threads are in the turn log. */
    void end(boolean handled, boolean wasHandled, String why) {
        if (handled != wasHandled) {
            add(
                    Kind.OTHER_END,
                    handling,
                    cause,
                    handled
                            ? "handled what became a dead letter in the run"
                            : "did not handle what it handled in the run, because of " + why + ",");
        }
        List<EpochIndex.Reply> journaled = epoch.replies(cause);
        for (int i = 0; i < Math.max(journaled.size(), replies.size()); i++) {
            compared++;
            if (i >= replies.size()) {
                add(Kind.NOT_SENT, handling, cause, "sent no reply, and did in the run");
            } else if (i >= journaled.size()) {
                add(Kind.NOT_JOURNALED, handling, cause, "sent a reply, and did not in the run");
            } else if (replies.get(i).type() != journaled.get(i).schemaId()
                    || replies.get(i).hash() != journaled.get(i).hash()) {
                add(Kind.OTHER_MESSAGE, handling, cause, "sent another reply than in the run");
            }
        }
    }

    /** A record comes by that a handler sent whose handling was replayed. */
    void journaled(RecordView record, String from, EndpointInfo to) {
        if (record.type() == RecordDescriptor.CONTROL_FAILURE) {
            return;
        }
        compared++;
        Sent sent = waiting.remove(record.id());
        if (sent == null) {
            add(
                    Kind.NOT_SENT,
                    from,
                    record.cause(),
                    "did not send " + RecordView.id(record.id()) + " to " + to.name() + ", and did in the run");
            return;
        }
        int flags = record.flags() & COMPARED_FLAGS;
        if (!sent.target().equals(ANYBODY) && !sent.target().equals(to.name())
                || sent.type() != record.type()
                || sent.flags() != flags
                || sent.hash() != Hash.of(record.payload(), record.payloadBytes())) {
            add(
                    Kind.OTHER_MESSAGE,
                    from,
                    record.cause(),
                    "sent something else as " + RecordView.id(record.id()) + " than in the run, where it went to "
                            + to.name());
        }
    }

    /** The end: what was sent and did not come by is not in the journal. */
    void finish(boolean whole) {
        if (whole) {
            waiting.forEach((id, sent) -> add(
                    Kind.NOT_JOURNALED,
                    sent.from(),
                    sent.cause(),
                    "sent " + RecordView.id(id) + " to " + sent.target() + ", and did not in the run"));
        }
    }

    private void add(Kind kind, String endpoint, long id, String text) {
        count++;
        if (first.size() < MOST) {
            first.add(new Divergence(
                    kind, endpoint, id, endpoint + " " + text + " (handling " + RecordView.id(id) + ")"));
        }
    }

    List<Divergence> first() {
        return List.copyOf(first);
    }

    long count() {
        return count;
    }

    long compared() {
        return compared;
    }
}
