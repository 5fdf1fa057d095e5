package com.example.market;

/** The example checks itself: what is not as expected ends it with an exception, and so with exit code 1. */
final class Check {
    private Check() {}

    static void equal(String what, Object expected, Object actual) {
        that(what + " is " + actual + ", expected " + expected, expected.equals(actual));
    }

    static void that(String claim, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("wrong: " + claim);
        }
    }
}
