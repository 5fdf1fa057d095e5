package org.talaria.examples.flights.input;

/** A line that is no flight; the message is the reason. Carries no stack trace: bad input is data, and there may be millions of lines. */
final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedLineException(String reason) {
        super(reason, null, false, false);
    }
}
