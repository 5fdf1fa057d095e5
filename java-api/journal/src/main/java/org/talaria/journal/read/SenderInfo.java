package org.talaria.journal.read;

/**
 * Who a sender id belongs to.
 *
 * @param senderId the id
 * @param index row of the endpoint, −1 for a thread
 * @param generation which endpoint of the row
 * @param name of the endpoint or thread
 */
public record SenderInfo(int senderId, int index, int generation, String name) {
    /** Whether it is a thread. */
    public boolean isThread() {
        return index < 0;
    }
}
