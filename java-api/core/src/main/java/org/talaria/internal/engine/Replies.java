package org.talaria.internal.engine;

import static org.talaria.internal.memory.WaiterDescriptor.ALLOCATOR_JAVA;
import static org.talaria.internal.memory.WaiterDescriptor.ALLOCATOR_NATIVE;
import static org.talaria.internal.memory.WaiterDescriptor.ALLOCATOR_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.EXTERNAL_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.INLINE_BYTES;
import static org.talaria.internal.memory.WaiterDescriptor.INLINE_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.LENGTH_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.REASON_OFFSET;
import static org.talaria.internal.memory.WaiterDescriptor.SCHEMA_ID_OFFSET;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter.Reason;
import org.talaria.TalariaException;
import org.talaria.bindings.CoreApi;
import org.talaria.internal.memory.Mem;
import org.talaria.message.Codec;
import org.talaria.message.Schema;
import org.talaria.message.Tail;
import org.talaria.message.View;

/** The reply in a waiter's slot: written while the slot is WRITING, read and freed by its owner once it is REPLIED (R25). */
final class Replies {
    private final Engine engine;

    Replies(Engine engine) {
        this.engine = engine;
    }

    /** Memory for a reply that does not fit into a slot; 0 if it does. */
    static long allocate(int length) {
        return length > INLINE_BYTES ? Mem.allocate(length) : 0;
    }

    static <R> void write(long at, long external, int length, Codec<R> codec, R reply) {
        codec.encode(reply, external != 0 ? external : at + INLINE_OFFSET);
        Mem.putInt(at + SCHEMA_ID_OFFSET, codec.schema().id());
        Mem.putInt(at + LENGTH_OFFSET, length);
        Mem.putLong(at + EXTERNAL_OFFSET, external);
        Mem.putInt(at + ALLOCATOR_OFFSET, ALLOCATOR_JAVA);
    }

    /** A failure, in the place of a reply. What was thrown is told beside the slot. */
    static void fail(long at, Reason reason) {
        Mem.putInt(at + REASON_OFFSET, reason.code());
        Mem.putInt(at + LENGTH_OFFSET, 0);
    }

    static Reason reason(long at) {
        return Reason.ofCode(Mem.getInt(at + REASON_OFFSET));
    }

    /** What a C++ handler threw, by its text; null if there is none. */
    static @Nullable TalariaException failure(long at) {
        byte[] text = new byte[Math.min(Mem.getInt(at + LENGTH_OFFSET), INLINE_BYTES)];
        for (int i = 0; i < text.length; i++) {
            text[i] = Mem.getByte(at + INLINE_OFFSET + i);
        }
        return text.length == 0 ? null : new TalariaException(new String(text, StandardCharsets.UTF_8));
    }

    /** Decodes and frees. */
    Object decode(long at) {
        try {
            int schemaId = Mem.getInt(at + SCHEMA_ID_OFFSET);
            Codec<?> codec = engine.schemas().byId(schemaId);
            if (codec == null) {
                throw new TalariaException("the reply is of " + engine.schemas().describe(schemaId));
            }
            return codec.decode(payload(at), Mem.getInt(at + LENGTH_OFFSET));
        } finally {
            free(at);
        }
    }

    /** Copies into a view and frees. */
    void copy(long at, View<?> view) {
        try {
            int length = Mem.getInt(at + LENGTH_OFFSET);
            int schemaId = Mem.getInt(at + SCHEMA_ID_OFFSET);
            Schema schema = view.codec().schema();
            if (schemaId != schema.id()) {
                throw new TalariaException("the reply is " + engine.schemas().describe(schemaId)
                        + ", and the view reads " + schema.name());
            }
            Tail.checkLength(length, schema.fixedLength(), schema.variable(), schema.name());
            Mem.copy(payload(at), view.ownMemory(length), length);
        } finally {
            free(at);
        }
    }

    private static long payload(long at) {
        long external = Mem.getLong(at + EXTERNAL_OFFSET);
        return external != 0 ? external : at + INLINE_OFFSET;
    }

    /** Frees the memory of a reply over the size of a slot; once. */
    static void free(long at) {
        long external = Mem.getLong(at + EXTERNAL_OFFSET);
        if (external == 0) {
            return;
        }
        Mem.putLong(at + EXTERNAL_OFFSET, 0);
        if (Mem.getInt(at + ALLOCATOR_OFFSET) == ALLOCATOR_NATIVE) {
            CoreApi.free(external);
        } else {
            Mem.free(external);
        }
    }
}
