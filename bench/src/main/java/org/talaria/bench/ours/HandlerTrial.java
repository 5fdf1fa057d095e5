package org.talaria.bench.ours;

import org.talaria.ActorRef;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Eight;
import org.talaria.bench.message.EightClaim;
import org.talaria.bench.message.Report;
import org.talaria.bench.message.ReportClaim;
import org.talaria.bench.message.SeenView;
import org.talaria.bench.message.SinkMessage;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoClaim;

/** Java → C++ handler. */
public final class HandlerTrial implements Trial {
    /** Messages of a burst that is timed on the sender's side: they fit any ring. */
    private static final int BURST = 512;

    private static final long PRELUDE = 8;

    private final SeenView seen = SeenView.own();
    private final int payload;
    private final boolean sendersCost;

    /** Millions of messages a second until the last is handled; or, if {@code sendersCost}, nanoseconds that a tell costs its sender. */
    public HandlerTrial(int payload, boolean sendersCost) {
        this.payload = payload;
        this.sendersCost = sendersCost;
    }

    @Override
    public Timing run(long operations) {
        try (Talaria talaria = Talaria.open(Ours.config())) {
            ActorRef<SinkMessage> sink = talaria.nativeActor("sink", SinkMessage.class, NativeParts.handler("sink"));
            ActorRef<Report> reports = ActorRef.narrow(sink);
            long prelude = Math.max(1, operations / PRELUDE);
            send(sink, 0, prelude);
            verify(reports, prelude);
            return sendersCost ? bursts(sink, reports, prelude, operations) : flood(sink, reports, prelude, operations);
        }
    }

    private Timing flood(Ref<SinkMessage> sink, ActorRef<Report> reports, long first, long count) {
        long start = System.nanoTime();
        send(sink, first, count);
        // Handled behind all that this thread sent before: its reply is the consumer's own time stamp, and a call
        // dearer.
        verify(reports, first + count);
        return Timing.millionsPerSecond(count, System.nanoTime() - start);
    }

    private Timing bursts(Ref<SinkMessage> sink, ActorRef<Report> reports, long first, long count) {
        long elapsed = 0;
        long whole = System.nanoTime();
        for (long n = first; n < first + count; n += BURST) {
            int size = (int) Math.min(BURST, first + count - n);
            long start = System.nanoTime();
            send(sink, n, size);
            elapsed += System.nanoTime() - start;
            verify(reports, n + size);
        }
        return Timing.of(elapsed / (double) count, System.nanoTime() - whole);
    }

    private void send(Ref<SinkMessage> sink, long first, long count) {
        long end = first + count;
        if (payload == 16) {
            Ref<Two> two = Ref.narrow(sink);
            for (long n = first; n < end; n++) {
                TwoClaim.tell(two, n, n + 1).orThrow();
            }
        } else {
            Ref<Eight> eight = Ref.narrow(sink);
            for (long n = first; n < end; n++) {
                EightClaim.tell(eight, n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7)
                        .orThrow();
            }
        }
    }

    private void verify(ActorRef<Report> reports, long messages) {
        ReportClaim.callInto(reports, seen).orThrow();
        if (seen.messages() != messages || seen.wrong() != 0) {
            throw new IllegalStateException(messages + " messages were sent; the C++ handler saw " + seen.copy());
        }
    }
}
