package org.talaria;

/** No reply within the deadline. {@code call} throws it; the stage of {@code ask} fails with it. The late reply goes to dead letters. */
public final class ReplyTimeoutException extends TalariaException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ReplyTimeoutException(String message) {
        super(message);
    }
}
