package org.talaria.journal.store;

import java.io.IOException;

/**
 * Where a journal's excerpts go: one segment after the other. Keeps the library that writes them out of the rest. One thread.
 */
public interface BlockStore extends AutoCloseable {
    /**
     * Appends one excerpt and publishes it: from then on it survives the death of the process.
     *
     * @param header what it is
     * @param address of the body
     * @param lengthBytes of the body, at most {@link ExcerptDescriptor#MAX_BODY_BYTES}
     * @return bytes that the excerpt takes, its header included
     * @throws IOException if it cannot be written, disk shortage above all; nothing was written then
     */
    int append(ExcerptHeader header, long address, int lengthBytes) throws IOException;

    /** Number of the segment that is written, from 1. */
    int segment();

    /** Bytes in the segment that is written. */
    long segmentBytes();

    /** Excerpts in the segment that is written. */
    long excerpts();

    /** Ends the segment and begins the next. */
    void roll() throws IOException;

    /** Deletes an ended segment. */
    void release(int segment) throws IOException;

    /** Forces what was appended to the disk. */
    void sync() throws IOException;

    /** Fails if what was appended is there no more: a folder may be deleted under its writer, whose mapping does not notice. */
    void check() throws IOException;

    @Override
    void close();
}
