package org.talaria.internal.memory;

/** A sending thread's slot, 64 bytes. Slot 0 collects the counts of threads that ended. */
public final class SenderDescriptor {
    public static final int BYTES = 64;
    public static final int SENDER_ID_OFFSET = 0;
    public static final int ACCEPTED_OFFSET = 8;
    public static final int REFUSED_OFFSET = 16;

    private SenderDescriptor() {}
}
