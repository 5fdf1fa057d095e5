package org.talaria;

/** A send that its caller cannot go on without was not accepted. */
public final class RefusedException extends TalariaException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final Outcome outcome;

    /** Creates the exception for an outcome other than {@link Outcome#ACCEPTED}. */
    public RefusedException(Outcome outcome) {
        super("not accepted (" + outcome + "): " + outcome.explanation());
        this.outcome = outcome;
    }

    /** Creates the exception with a message that says more. */
    public RefusedException(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    /** Why the send was refused. */
    public Outcome outcome() {
        return outcome;
    }
}
