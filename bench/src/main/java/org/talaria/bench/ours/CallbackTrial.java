package org.talaria.bench.ours;

import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Burst;
import org.talaria.bench.message.BurstClaim;
import org.talaria.bench.message.Eight;
import org.talaria.bench.message.EightView;
import org.talaria.bench.message.Two;
import org.talaria.bench.message.TwoView;
import org.talaria.bench.pipe.Check;
import org.talaria.message.Address;

/**
 * C++ handler → Java actor, on two workers. The C++ pump sends in bursts; for each burst that it has handled the Java actor asks for another, so that so many are
 * on the way and no thread but the workers has anything to do.
 */
public final class CallbackTrial implements Trial {
    private static final int BURST = 1_024;
    private static final int WINDOW = 4;

    private final int payload;

    /** With messages of a payload. */
    public CallbackTrial(int payload) {
        this.payload = payload;
    }

    @Override
    public Timing run(long operations) {
        long bursts = Math.max(WINDOW, operations / BURST);
        try (Flow flow = new Flow(payload)) {
            flow.run(Math.max(WINDOW, bursts / 8));
            long start = System.nanoTime();
            long end = flow.run(bursts);
            return Timing.millionsPerSecond(bursts * BURST, end - start);
        }
    }

    private static final class Flow implements AutoCloseable {
        private final Check check = new Check();
        private final Talaria talaria = Talaria.open(Ours.config().workers(2));
        private final ActorRef<Burst> pump;
        private final Address sink;
        private final int payload;
        private long asked;
        private long handled;
        private long last;

        Flow(int payload) {
            this.payload = payload;
            pump = talaria.nativeActor("pump", Burst.class, NativeParts.handler("pump"));
            sink = Address.of(payload == 16 ? two() : eight());
        }

        private ActorRef<Two> two() {
            return talaria.actor("sink", TwoView.TYPE, v -> {
                handled();
                check.two(v.a(), v.b());
            });
        }

        private ActorRef<Eight> eight() {
            return talaria.actor("sink", EightView.TYPE, v -> {
                handled();
                check.eight(v.a(), v.b(), v.c(), v.d(), v.e(), v.f(), v.g(), v.h());
            });
        }

        /** In the actor: asks for the burst that takes the place of one that is done. Before the check, whose stamp lets the next run change these fields. */
        private void handled() {
            if (++handled % BURST == 0 && asked < last) {
                BurstClaim.tell(pump, asked, BURST, payload, sink).orThrow();
                asked += BURST;
            }
        }

        /** Before the first burst of a run is sent nothing is on the way: its sending publishes these fields to the actor. */
        long run(long bursts) {
            long first = asked;
            check.expect(bursts * BURST);
            last = first + bursts * BURST;
            asked = first + (long) WINDOW * BURST;
            // One claim: the actor's first burst must come behind all of these, and between two senders no order is
            // promised.
            try (BurstClaim window = BurstClaim.batch(pump, WINDOW)) {
                for (int i = 0; i < WINDOW; i++) {
                    window.next()
                            .first(first + (long) i * BURST)
                            .count(BURST)
                            .payload(payload)
                            .to(sink);
                }
                window.commit().orThrow();
            }
            return check.awaitParked();
        }

        @Override
        public void close() {
            talaria.close();
        }
    }
}
