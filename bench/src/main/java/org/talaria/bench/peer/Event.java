package org.talaria.bench.peer;

import org.talaria.bench.pipe.Check;

/** A preallocated message of the libraries that pass objects. */
abstract class Event {
    /** Writes message {@code n}. */
    abstract void write(long n);

    /** Hands it to the check. */
    abstract void read(Check check);

    /** An event of a payload. */
    static Event of(int payload) {
        return payload == 16 ? new Two() : new Eight();
    }

    /** 16 bytes. */
    static final class Two extends Event {
        private long a;
        private long b;

        @Override
        void write(long n) {
            a = n;
            b = n + 1;
        }

        @Override
        void read(Check check) {
            check.two(a, b);
        }
    }

    /** 64 bytes. */
    static final class Eight extends Event {
        private long a;
        private long b;
        private long c;
        private long d;
        private long e;
        private long f;
        private long g;
        private long h;

        @Override
        void write(long n) {
            a = n;
            b = n + 1;
            c = n + 2;
            d = n + 3;
            e = n + 4;
            f = n + 5;
            g = n + 6;
            h = n + 7;
        }

        @Override
        void read(Check check) {
            check.eight(a, b, c, d, e, f, g, h);
        }
    }
}
