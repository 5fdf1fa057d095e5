package org.talaria.bindings;

/** Why the native library cannot be used, in words for the user; never leaves this package. */
final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
        super(reason);
    }
}
