package org.talaria.journal.read;

/**
 * Who a sender id belongs to.
 *
 * @param senderId the id
 * @param succeeds the id that its owner had before, all of whose messages come before this one's; 0 if it is the first
 * @param index row of the endpoint, −1 for a thread
 * @param generation which endpoint of the row
 * @param name of the endpoint or thread
 */
public record SenderInfo(int senderId, int succeeds, int index, int generation, String name) {
    /** Whether it is the later id of a sender that used up an earlier one. */
    public boolean isSuccessor() {
        return succeeds != 0;
    }

    /** Whether it is a thread. */
    public boolean isThread() {
        return index < 0;
    }
}
