package org.talaria.examples.flights.input;

/** The input as a whole cannot be used: it is missing, unreadable, or has no usable header. Its message is one line that names the remedy. */
public final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }

    InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
