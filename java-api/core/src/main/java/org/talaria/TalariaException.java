package org.talaria;

/** Root of the unchecked exceptions of this library. Each message names the cause and the remedy. */
public class TalariaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for a person. */
    public TalariaException(String message) {
        super(message);
    }

    /** Creates an exception with a message for a person and its cause. */
    public TalariaException(String message, Throwable cause) {
        super(message, cause);
    }
}
