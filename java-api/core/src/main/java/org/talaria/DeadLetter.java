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
        NO_SUCH_ENDPOINT("the reference is stale, its endpoint had stopped: look it up again with find(…)"),
        /** The endpoint stopped while the message was in flight. */
        STOPPED("its endpoint stopped while the message was in flight"),
        /** The engine closed, and its close deadline passed. */
        CLOSED("the engine closed before it was handled: closeDeadline(…) gives more time"),
        /** The handler threw. */
        HANDLER_FAILED("its handler threw"),
        /** The receiver does not know this schema. */
        UNKNOWN_SCHEMA(
                "its receiver does not know this schema: build sender and receiver from the same message classes"),
        /** The receiver has no handler for this type. */
        UNHANDLED("its receiver has no handler for this type: add on(…) or otherwise(…)"),
        /** A reply that came after its caller had given up. */
        TIMED_OUT("the reply came after its asker had given up"),
        /** It did not fit the overflow of a full shard. */
        OVERFLOW("there was no memory for the overflow of its shard"),
        /** Its time to live had passed. */
        EXPIRED("its time to live had passed"),
        /** The record is damaged. */
        BAD_RECORD("its record is damaged, or its sender could not write it"),
        /** A reply that could not be sent. */
        NOT_ACCEPTED("the reply could not be sent"),
        /** A newer message took its place in a full mailbox. */
        DISPLACED("a newer message took its place in a full mailbox whose policy is DROP_OLDEST");

        private static final Reason[] BY_CODE = values();

        private final String explanation;

        Reason(String explanation) {
            this.explanation = explanation;
        }

        /** The reason in words, and the remedy where there is one: half a sentence, for logs and exceptions. */
        public String explanation() {
            return explanation;
        }

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
