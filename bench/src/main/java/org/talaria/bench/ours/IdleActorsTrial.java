package org.talaria.bench.ours;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.Handler;
import org.talaria.actor.Receive;
import org.talaria.bench.harness.Timing;
import org.talaria.bench.harness.Trial;
import org.talaria.bench.message.Token;
import org.talaria.bench.message.TokenView;

/** Bytes that an idle named actor takes, off-heap and heap together (in a process that weighs nothing else), and under {@link #RATE} how fast actors are made. */
public final class IdleActorsTrial implements Trial {
    /** Key of the other figure: thousands of actors made a second. */
    public static final String RATE = "rate";

    /** A row of the endpoint table; counted where the system does not tell what the process holds. */
    private static final int ROW_BYTES = 128;

    private final boolean classes;

    /** Actors that are lambdas and share a handler, or actors of a class with an instance each. */
    public IdleActorsTrial(boolean classes) {
        this.classes = classes;
    }

    private static final class Counter extends Actor<Token> {
        private long count;

        @Override
        protected Receive<Token> receive() {
            return on(Token.class, message -> count += message.hops());
        }
    }

    @Override
    public Timing run(long operations) throws Exception {
        try (Talaria talaria = Talaria.open(Ours.config())) {
            LongConsumer maker = maker(talaria);
            // Warms the code in this engine, and they stay: memory of another engine would be given back while this one
            // is weighed.
            long first = operations / 5;
            for (long i = 0; i < first; i++) {
                maker.accept(i);
            }
            long heap = heapBytes();
            long offHeap = offHeapBytes();
            long start = System.nanoTime();
            for (long i = first; i < first + operations; i++) {
                maker.accept(i);
            }
            long elapsed = System.nanoTime() - start;
            long heapGrown = heapBytes() - heap;
            long offHeapGrown = offHeap < 0 ? operations * ROW_BYTES : offHeapBytes() - offHeap;
            if (talaria.stats().endpoints() < first + operations) {
                throw new IllegalStateException("only " + talaria.stats().endpoints() + " actors live");
            }
            double bytes = (heapGrown + offHeapGrown) / (double) operations;
            return new Timing(bytes, elapsed, Map.of(RATE, operations * 1e6 / elapsed));
        }
    }

    private LongConsumer maker(Talaria talaria) {
        if (classes) {
            return i -> talaria.actor("idle-" + i, Counter::new);
        }
        long[] sum = new long[1];
        Handler<TokenView> shared = message -> sum[0] += message.hops();
        return i -> talaria.actor("idle-" + i, TokenView.TYPE, shared);
    }

    private static long heapBytes() {
        // The first collection finds what the second one frees.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What the process holds beside its heap, which is touched from the start (-XX:+AlwaysPreTouch) and so does not grow; −1 where the system does not tell. */
    private static long offHeapBytes() {
        if (!ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:+AlwaysPreTouch")) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
