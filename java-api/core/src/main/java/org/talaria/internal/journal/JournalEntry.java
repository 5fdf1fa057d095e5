package org.talaria.internal.journal;

import java.util.List;

/** What is journaled beside blocks of records and turn logs. */
public sealed interface JournalEntry {
    /**
     * An endpoint came to life; written before anything can be sent to it.
     *
     * @param index row
     * @param generation which endpoint of the row
     * @param shard its shard
     * @param kind 1 Java, 2 C++ handler
     * @param senderId its sender id, 0 if not given yet
     * @param name its name
     * @param type binary name of what it accepts
     * @param library path of the handler library, empty for Java
     * @param symbol handler name in the library, empty for Java
     * @param unjournaled whether its messages are by reference without a serializer
     */
    record Endpoint(
            int index,
            int generation,
            int shard,
            int kind,
            int senderId,
            String name,
            String type,
            String library,
            String symbol,
            boolean unjournaled)
            implements JournalEntry {}

    /**
     * A sender id was given.
     *
     * @param senderId the id
     * @param index row of the endpoint, −1 for a thread
     * @param generation which endpoint of the row
     * @param name of the endpoint or thread
     */
    record SenderGiven(int senderId, int index, int generation, String name) implements JournalEntry {}

    /**
     * A sender used up the sequence of its id and goes on under a later one: all messages of the old id come before all of the new one's.
     *
     * @param senderId the new id
     * @param oldId the id it succeeds; smaller
     * @param index row of the endpoint, −1 for a thread
     * @param generation which endpoint of the row
     * @param name of the endpoint or thread
     */
    record SenderSucceeds(int senderId, int oldId, int index, int generation, String name) implements JournalEntry {}

    /**
     * An endpoint is about to move; written before a message for it can be on the new shard. It may come to nothing: that it has moved is in a turn log.
     *
     * @param index row
     * @param generation which endpoint of the row
     * @param from shard it lives on
     * @param to shard it is to live on
     * @param begins by priority: the position in that shard's lane at which messages for it begin, of this stay there
     */
    record EndpointMoves(int index, int generation, int from, int to, List<Long> begins) implements JournalEntry {}

    /**
     * An endpoint stopped.
     *
     * @param index row
     * @param generation which endpoint of the row
     */
    record EndpointStopped(int index, int generation) implements JournalEntry {}
}
