package org.talaria.examples.flights.input;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines that end with LF, CRLF or CR. Keeps at most {@link #MAX_LINE_BYTES} of a line, so that a file without line ends takes no more memory
 * than any other. One thread.
 */
final class LineReader implements Closeable {
    /** Longest line that is read; a longer one is cut, and marked. */
    static final int MAX_LINE_BYTES = 4_096;

    private static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private int next;
    private int filled;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * A line without its end.
     *
     * @param number 1 for the first line
     * @param bytes at most {@link #MAX_LINE_BYTES}
     * @param overLong whether there were more
     */
    record Line(long number, byte[] bytes, boolean overLong) {}

    /** The next line, or null at the end of the file. */
    @Nullable
    Line read() throws IOException {
        if (peek() == END) {
            return null;
        }
        line.reset();
        boolean overLong = false;
        int b = take();
        while (b != END && b != '\n' && b != '\r') {
            if (line.size() < MAX_LINE_BYTES) {
                line.write(b);
            } else {
                overLong = true;
            }
            b = take();
        }
        if (b == '\r' && peek() == '\n') {
            take();
        }
        return new Line(++number, line.toByteArray(), overLong);
    }

    private int take() throws IOException {
        int b = peek();
        next++;
        return b;
    }

    private int peek() throws IOException {
        if (next >= filled) {
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
            next = 0;
        }
        return filled == 0 ? END : buffer[next] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
