package org.talaria;

/** A request that was accepted will get no reply: its handler failed, its endpoint stopped, or nobody handles it. */
public final class RequestFailedException extends TalariaException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final DeadLetter.Reason reason;

    /** Creates the exception. */
    public RequestFailedException(DeadLetter.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why there will be no reply. */
    public DeadLetter.Reason reason() {
        return reason;
    }
}
