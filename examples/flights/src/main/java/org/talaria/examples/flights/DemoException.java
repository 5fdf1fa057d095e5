package org.talaria.examples.flights;

/**
 * The run cannot go on, or did not prove what it must. Its message is one line that names cause and remedy. Unchecked, so that it passes through what
 * tells of progress.
 */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    DemoException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    DemoException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
