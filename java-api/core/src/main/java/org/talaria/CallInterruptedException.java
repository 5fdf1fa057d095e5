package org.talaria;

/** The thread was interrupted while it waited in a call or a blocking send. The interrupt flag is set again. */
public final class CallInterruptedException extends TalariaException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public CallInterruptedException(String message) {
        super(message);
    }
}
