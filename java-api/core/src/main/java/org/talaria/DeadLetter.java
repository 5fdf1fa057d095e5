package org.talaria;

import org.jspecify.annotations.Nullable;

/**
 * A message that was accepted and will not be handled, as told to the listener of {@link TalariaConfig#onDeadLetter}.
 *
 * @param target name of the endpoint it was sent to, or {@code #index} where that is no longer known
 * @param reason why it was not handled
 * @param message the decoded message; null if it could not be decoded
 * @param schemaId its schema id, or the id of a control record
 * @param senderId id of the sending thread or endpoint
 * @param sequence its number among all that this sender had accepted
 * @param cause what the handler threw, if that is the reason
 */
public record DeadLetter(
        String target,
        Reason reason,
        @Nullable Object message,
        int schemaId,
        int senderId,
        int sequence,
        @Nullable Throwable cause) {

    /** Why an accepted message was not handled. Codes are those of {@code docs/layout.md}: ordinal + 1. */
    public enum Reason {
        /** The address was stale when it was sent or dispatched. */
        NO_SUCH_ENDPOINT,
        /** The endpoint stopped while the message was in flight. */
        STOPPED,
        /** The engine closed, and its close deadline passed. */
        CLOSED,
        /** The handler threw. */
        HANDLER_FAILED,
        /** The receiver does not know this schema. */
        UNKNOWN_SCHEMA,
        /** The receiver has no handler for this type. */
        UNHANDLED,
        /** A reply that came after its caller had given up. */
        TIMED_OUT,
        /** It did not fit the overflow of a full shard. */
        OVERFLOW,
        /** Its time to live had passed. */
        EXPIRED,
        /** The record is damaged. */
        BAD_RECORD,
        /** A reply that could not be sent. */
        NOT_ACCEPTED;

        private static final Reason[] BY_CODE = values();

        /** The code of this reason in the memory layout. */
        public int code() {
            return ordinal() + 1;
        }

        /** The reason of a code; {@link #BAD_RECORD} for a code that is none. */
        public static Reason ofCode(int code) {
            return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : BAD_RECORD;
        }
    }
}
