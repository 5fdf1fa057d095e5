package org.talaria.message;

import org.talaria.internal.engine.Codecs;

/**
 * Writes and reads the messages of one record class. Generated for each {@code @Message} record; stateless, any thread.
 *
 * @param <M> the record class
 */
public abstract class Codec<M> {
    private final Class<M> type;
    private final Schema schema;

    /** For generated code. */
    protected Codec(Class<M> type, Schema schema) {
        this.type = type;
        this.schema = schema;
        Codecs.met(schema);
    }

    /** The generated codec of a record class. @throws org.talaria.TalariaException if there is none, saying what to add to the build */
    public static <M> Codec<M> of(Class<M> type) {
        return Codecs.of(type);
    }

    /** The record class. */
    public final Class<M> type() {
        return type;
    }

    /** The schema. */
    public final Schema schema() {
        return schema;
    }

    /** Bytes that {@link #encode} will write. Runs before anything is claimed. @throws NullPointerException naming the component that is null and not {@code @Nullable} */
    public abstract int encodedLength(M message);

    /** Writes exactly {@link #encodedLength} bytes, gaps zeroed; runs no code of the user's. */
    public abstract void encode(M message, long address);

    /** Reads a message. @throws org.talaria.TalariaException if the bytes cannot be one */
    public abstract M decode(long address, int lengthBytes);
}
