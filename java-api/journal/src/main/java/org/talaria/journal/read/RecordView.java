package org.talaria.journal.read;

import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;

/** One record of a block, where it lies: {@code docs/layout.md}. Valid until its {@link RecordCursor} goes on. Not thread-safe. */
public final class RecordView {
    private long address;
    private int shard;
    private long position;

    RecordView() {}

    void set(long address, int shard, long position) {
        this.address = address;
        this.shard = shard;
        this.position = position;
    }

    /** Start of the record. */
    public long address() {
        return address;
    }

    /** The shard it lies on. */
    public int shard() {
        return shard;
    }

    /** Its position in the shard's ring. */
    public long position() {
        return position;
    }

    /** Header and payload. */
    public int lengthBytes() {
        return Mem.getInt(address + RecordDescriptor.LENGTH_OFFSET);
    }

    /** Schema id, or a control type below {@link RecordDescriptor#FIRST_MESSAGE_TYPE}. */
    public int type() {
        return Mem.getInt(address + RecordDescriptor.TYPE_OFFSET);
    }

    /** Whether it is of the engine's own. */
    public boolean isControl() {
        return type() < RecordDescriptor.FIRST_MESSAGE_TYPE && type() != RecordDescriptor.CONTROL_BY_REFERENCE;
    }

    /** Row of the receiver. */
    public int target() {
        return Mem.getInt(address + RecordDescriptor.TARGET_OFFSET);
    }

    /** Generation of the receiver. */
    public int generation() {
        return RecordDescriptor.generation(address);
    }

    /** Flags of {@link RecordDescriptor}. */
    public int flags() {
        return RecordDescriptor.flags(address);
    }

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    /** The sender's id. */
    public int sender() {
        return Mem.getInt(address + RecordDescriptor.SENDER_OFFSET);
    }

    /** The sender's sequence. */
    public int sequence() {
        return Mem.getInt(address + RecordDescriptor.SEQUENCE_OFFSET);
    }

    /** Sender in bits 32–63, sequence in bits 0–31. */
    public long id() {
        return RecordDescriptor.id(address);
    }

    private long extension(int flag) {
        return has(flag) ? Mem.getLong(address + RecordDescriptor.extensionOffset(flags(), flag)) : 0;
    }

    /** Id of the record whose handling sent this one; 0 if there is none. */
    public long cause() {
        return extension(RecordDescriptor.FLAG_CAUSE);
    }

    /** Correlation of a request or reply; 0 if there is none. */
    public long correlation() {
        return extension(RecordDescriptor.FLAG_CORRELATION);
    }

    /** Whom a reply goes to: row in bits 0–31, generation in bits 32–47; 0 if there is none. */
    public long replyTo() {
        return extension(RecordDescriptor.FLAG_REPLY_TO);
    }

    /** Start of the payload. */
    public long payload() {
        return address + RecordDescriptor.headerBytes(flags());
    }

    /** Bytes of the payload. */
    public int payloadBytes() {
        return lengthBytes() - RecordDescriptor.headerBytes(flags());
    }

    /** An id for a person: {@code sender:sequence}. */
    public static String id(long id) {
        return (int) (id >> 32) + ":" + (int) id;
    }

    @Override
    public String toString() {
        return "record " + id(id()) + " to " + target() + "/" + generation() + " (shard " + shard + ", position "
                + position + ")";
    }
}
