package org.talaria.internal.engine;

/** What a replay hears of the handlers' sends, which go nowhere. On the thread that replays. */
public interface ReplaySink {
    /** The target of a message to an endpoint that is not replayed. */
    String ANYBODY = "*";

    /**
     * A handler sent this.
     *
     * @param target name of the endpoint it was sent to; empty for a waiting thread, {@link #ANYBODY} if it is not replayed
     * @param record the whole record, as it would have gone into a ring; of a reply to a waiting thread the correlation says which
     */
    void sent(String target, long record);

    /** Whether the journal says that the {@code ordinal}-th send (from 0) of the record that is fed was refused. */
    boolean refused(int ordinal);
}
