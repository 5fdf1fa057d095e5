package org.talaria.message;

/**
 * What the bytes of a message mean: enough to decode them without its class.
 *
 * @param id positive hash of name and layout, ≥ 1,024
 * @param name binary name of the record class
 * @param layout the text of {@code docs/messages.md}, such as {@code price:f64@0;size:i32@8#16}
 * @param fixedLength bytes of the fixed part
 * @param variable whether a tail follows the fixed part
 */
public record Schema(int id, String name, String layout, int fixedLength, boolean variable) {
    /** The smallest id of a message; smaller ones are control records. */
    public static final int FIRST_ID = 1_024;

    /** The id of a name and layout: FNV-1a (32 bits) of {@code name + '|' + layout} in UTF-8, made positive and at least {@link #FIRST_ID}. */
    public static int idOf(String name, String layout) {
        int hash = 0x811C9DC5;
        for (byte b : (name + '|' + layout).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x01000193;
        }
        int positive = hash & Integer.MAX_VALUE;
        return positive < FIRST_ID ? positive + FIRST_ID : positive;
    }
}
