package org.talaria;

/**
 * A request that was accepted will get no reply: its handler failed, its endpoint stopped, or nobody handles it. Its cause, for threads that asked, is what the handler
 * threw, of a C++ handler an exception with its text.
 */
public final class RequestFailedException extends TalariaException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final DeadLetter.Reason reason;

    /** Creates the exception. */
    public RequestFailedException(DeadLetter.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Creates the exception with what the handler threw, or what tells more about the reason. */
    public RequestFailedException(DeadLetter.Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why there will be no reply. */
    public DeadLetter.Reason reason() {
        return reason;
    }
}
