package org.talaria.journal.read;

/**
 * An endpoint that lived in an epoch.
 *
 * @param index row
 * @param generation which endpoint of the row
 * @param shard where it lived
 * @param kind 1 Java, 2 C++ handler
 * @param senderId its sender id when it was made, 0 if it had none yet
 * @param name its name
 * @param type binary name of what it accepts
 * @param library path of the handler library, empty for Java
 * @param symbol handler name in the library, empty for Java
 * @param librarySha256 of the library's bytes, empty for Java
 * @param unjournaled whether its messages are by reference
 */
public record EndpointInfo(
        int index,
        int generation,
        int shard,
        int kind,
        int senderId,
        String name,
        String type,
        String library,
        String symbol,
        String librarySha256,
        boolean unjournaled) {
    /** A Java actor. */
    public static final int JAVA = 1;

    /** A C++ handler. */
    public static final int NATIVE = 2;
}
