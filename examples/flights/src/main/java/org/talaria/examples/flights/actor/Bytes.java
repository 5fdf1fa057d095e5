package org.talaria.examples.flights.actor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How snapshots write text: its length in UTF-8 bytes as int32, then the bytes. */
final class Bytes {
    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void put(ByteBuffer buffer, String text) {
        byte[] bytes = of(text);
        buffer.putInt(bytes.length).put(bytes);
    }
}
