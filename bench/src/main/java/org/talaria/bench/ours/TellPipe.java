package org.talaria.bench.ours;

import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.bench.message.Eight;
import org.talaria.bench.message.EightClaim;
import org.talaria.bench.message.EightView;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoClaim;
import org.talaria.bench.message.TwoView;
import org.talaria.bench.pipe.Check;
import org.talaria.bench.pipe.Pipe;

/** One Java actor that reads its messages where they lie, told by one of three ways. */
public final class TellPipe implements Pipe {
    private final Talaria talaria;
    private final ActorRef<Two> two;
    private final ActorRef<Eight> eight;
    private final Way way;
    private final int payload;
    private final int batch;

    /** How messages are told. */
    public enum Way {
        /** A generated claim each: no garbage. */
        CLAIM,
        /** A record each. */
        RECORD,
        /** Batches of claims. */
        BATCH
    }

    /** Opens an engine with one actor. */
    public TellPipe(Check check, int payload, Way way) {
        this(check, payload, way, 16, Ours.config());
    }

    /** The same with a configuration, and a size of batches. */
    public TellPipe(Check check, int payload, Way way, int batch, TalariaConfig config) {
        this.payload = payload;
        this.way = way;
        this.batch = batch;
        talaria = Talaria.open(config);
        two = talaria.actor("two", TwoView.TYPE, v -> check.two(v.a(), v.b()));
        eight = talaria.actor(
                "eight", EightView.TYPE, v -> check.eight(v.a(), v.b(), v.c(), v.d(), v.e(), v.f(), v.g(), v.h()));
    }

    @Override
    public void send(long first, long count) {
        long end = first + count;
        switch (way) {
            case CLAIM -> claims(first, end);
            case RECORD -> records(first, end);
            case BATCH -> batches(first, end);
            default -> throw new AssertionError(way);
        }
    }

    private void claims(long first, long end) {
        if (payload == 16) {
            for (long n = first; n < end; n++) {
                accepted(TwoClaim.tell(two, n, n + 1));
            }
        } else {
            for (long n = first; n < end; n++) {
                accepted(EightClaim.tell(eight, n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7));
            }
        }
    }

    private void records(long first, long end) {
        if (payload == 16) {
            for (long n = first; n < end; n++) {
                accepted(two.tell(new Two(n, n + 1)));
            }
        } else {
            for (long n = first; n < end; n++) {
                accepted(eight.tell(new Eight(n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7)));
            }
        }
    }

    private void batches(long first, long end) {
        for (long n = first; n < end; n += batch) {
            int size = (int) Math.min(batch, end - n);
            if (payload == 16) {
                batchOfTwos(n, size);
            } else {
                batchOfEights(n, size);
            }
        }
    }

    private void batchOfTwos(long first, int size) {
        try (TwoClaim claim = TwoClaim.batch(two, size)) {
            for (long n = first; n < first + size; n++) {
                claim.next().a(n).b(n + 1);
            }
            accepted(claim.commit());
        }
    }

    private void batchOfEights(long first, int size) {
        try (EightClaim claim = EightClaim.batch(eight, size)) {
            for (long n = first; n < first + size; n++) {
                claim.next()
                        .a(n)
                        .b(n + 1)
                        .c(n + 2)
                        .d(n + 3)
                        .e(n + 4)
                        .f(n + 5)
                        .g(n + 6)
                        .h(n + 7);
            }
            accepted(claim.commit());
        }
    }

    private static void accepted(Outcome outcome) {
        outcome.orThrow();
    }

    /** Returns when all that was sent is journaled. */
    void flushJournal() {
        talaria.flushJournal();
    }

    @Override
    public void close() {
        talaria.close();
    }
}
