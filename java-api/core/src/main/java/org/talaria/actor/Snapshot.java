package org.talaria.actor;

import java.nio.ByteBuffer;

/** State that can be compared: what an actor implements so that a replay can be held against the run, byte for byte. */
public interface Snapshot {
    /** Writes the whole state, the same bytes for the same state. Called between turns. Throws BufferOverflowException if there is too little room: it is called again with more. */
    void write(ByteBuffer buffer);
}
