package org.talaria.journal.show;

import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter;
import org.talaria.TalariaException;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.read.Step;
import org.talaria.message.Schema;

/** Turns records into {@link Shown} messages. Not thread-safe. */
public final class Describer {
    private static final int FIRST_BYTES = 32;

    private final EpochIndex epoch;
    private final Directory directory;
    private final Int2ObjectHashMap<Layout> layouts = new Int2ObjectHashMap<>();
    private final ValueWriter text = new ValueWriter(false);
    private final ValueWriter json = new ValueWriter(true);
    private final Decoder toText = new Decoder(text);
    private final Decoder toJson = new Decoder(json);

    /** Of the records of one epoch. */
    public Describer(EpochIndex epoch) {
        this.epoch = epoch;
        directory = epoch.directory();
    }

    /** Decodes one. */
    public Shown describe(Step step) {
        RecordView record = step.record();
        @Nullable Schema schema = directory.schema(record.type());
        String fields = fields(record, schema);
        String asJson = json.take();
        return new Shown(
                epoch.info().epoch(),
                record.shard(),
                record.position(),
                step.turn(),
                step.timeNs() == 0 ? 0 : epoch.info().wallClockNs(step.timeNs()),
                record.id(),
                sender(record.sender()),
                endpoint(record),
                schema == null ? control(record.type()) : schema.name(),
                record.cause(),
                record.has(RecordDescriptor.FLAG_REPLY),
                record.has(RecordDescriptor.FLAG_JOIN),
                state(step),
                fields,
                asJson);
    }

    private String fields(RecordView record, @Nullable Schema schema) {
        if (record.isControl()) {
            json.beginObject().endObject();
            return "{}";
        }
        if (schema == null || record.has(RecordDescriptor.FLAG_RAW)) {
            return opaque(
                    record.type() == RecordDescriptor.CONTROL_BY_REFERENCE
                            ? "an object by reference, which is not journaled"
                            : "raw bytes " + hex(record));
        }
        try {
            Layout layout = layouts.computeIfAbsent(schema.id(), id -> LayoutParser.parse(schema.layout()));
            toText.message(layout, schema.variable(), record.payload(), record.payloadBytes());
            toJson.message(layout, schema.variable(), record.payload(), record.payloadBytes());
            return text.take();
        } catch (TalariaException e) {
            text.take();
            json.take();
            return opaque(e.getMessage() + " " + hex(record));
        }
    }

    private String opaque(String what) {
        json.string(what);
        return "(" + what + ")";
    }

    private static String hex(RecordView record) {
        int bytes = Math.min(FIRST_BYTES, record.payloadBytes());
        byte[] first = new byte[bytes];
        Mem.copyToArray(record.payload(), first, 0, bytes);
        return java.util.HexFormat.of().formatHex(first)
                + (bytes < record.payloadBytes() ? "… (" + record.payloadBytes() + " bytes)" : "");
    }

    private String sender(int id) {
        @Nullable SenderInfo sender = directory.sender(id);
        return sender == null ? (id == 0 ? "engine" : "sender " + id) : sender.name();
    }

    private String endpoint(RecordView record) {
        @Nullable EndpointInfo endpoint = directory.endpoint(record.target(), record.generation());
        return endpoint == null ? record.target() + "/" + record.generation() : endpoint.name();
    }

    private static String control(int type) {
        return switch (type) {
            case RecordDescriptor.CONTROL_START -> "START";
            case RecordDescriptor.CONTROL_STOP -> "STOP";
            case RecordDescriptor.CONTROL_BY_REFERENCE -> "BY_REFERENCE";
            case RecordDescriptor.CONTROL_TIMEOUT -> "TIMEOUT";
            default -> type < RecordDescriptor.FIRST_MESSAGE_TYPE ? "control record " + type : "unknown schema " + type;
        };
    }

    private static String state(Step step) {
        if (step.deadReason() != 0) {
            return "dead: " + DeadLetter.Reason.ofCode(step.deadReason());
        }
        return step.handled() ? "handled" : "not known to be handled";
    }
}
