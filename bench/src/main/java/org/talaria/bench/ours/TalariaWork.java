package org.talaria.bench.ours;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.ActorOptions;
import org.talaria.bench.message.WorkToken;
import org.talaria.bench.message.WorkTokenClaim;
import org.talaria.bench.message.WorkTokenView;
import org.talaria.bench.pipe.WorkCheck;
import org.talaria.bench.pipe.WorkRace;

/** The race with work among Java actors, placed evenly on the shards of some or all workers. */
public final class TalariaWork implements WorkRace.Field {
    private static final int SHARDS = 32;
    private static final int SHARDS_A_WORKER = 4;
    private static final double PER = 1_000;

    /** Key of the figure of {@link #moving}: moves a second. */
    public static final String MOVES = "moves";

    private final Talaria talaria;
    private final List<ActorRef<WorkToken>> runners = new ArrayList<>();
    private final int workers;
    private final RegionProbe probe;
    private final Map<String, Long> marks = new LinkedHashMap<>();
    private @Nullable Mover mover;

    private TalariaWork(WorkCheck check, TalariaConfig config, int workers, IntUnaryOperator shardOf) {
        this.workers = workers;
        talaria = Talaria.open(config.workers(workers));
        probe = RegionProbe.open();
        for (int i = 0; i < WorkRace.ACTORS; i++) {
            int place = i;
            runners.add(talaria.with(ActorOptions.options().onShard(shardOf.applyAsInt(place)))
                    .actor("runner-" + place, WorkTokenView.TYPE, token -> pass(token, place, check)));
        }
    }

    /** Spread evenly over so many workers. */
    public static TalariaWork spread(WorkCheck check, int workers) {
        int shards = Math.min(WorkRace.ACTORS, Math.max(SHARDS, SHARDS_A_WORKER * workers));
        return new TalariaWork(check, Ours.config().shards(shards), workers, place -> place * shards / WorkRace.ACTORS);
    }

    /** The same while 100 of them a second move to another shard. */
    public static TalariaWork moving(WorkCheck check, int workers) {
        TalariaWork work = spread(check, workers);
        work.mover = new Mover(work.talaria, work.runners);
        work.mover.start();
        return work;
    }

    /** Moves an actor each 10 ms. */
    private static final class Mover extends Thread {
        private static final long PERIOD_NS = 10_000_000;

        private final Talaria talaria;
        private final List<ActorRef<WorkToken>> runners;
        private volatile boolean ended;
        private volatile long moves;
        private long startNs;

        Mover(Talaria talaria, List<ActorRef<WorkToken>> runners) {
            super("mover");
            this.talaria = talaria;
            this.runners = runners;
        }

        @Override
        public void run() {
            startNs = System.nanoTime();
            long next = startNs;
            for (int i = 0; !ended; i++) {
                next += PERIOD_NS;
                LockSupport.parkNanos(next - System.nanoTime());
                // Both go through all of them: neither divides the other's count
                if (talaria.move(runners.get(i % runners.size()), (i + i / runners.size() * 7) % SHARDS)) {
                    moves++;
                }
            }
        }

        double perSecond() {
            return moves * 1e9 / (System.nanoTime() - startNs);
        }

        void end() {
            ended = true;
            LockSupport.unpark(this);
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All on home shards of the first of two workers: shard <i>s</i> is at home on worker <i>s</i> mod 2. */
    public static TalariaWork skewed(WorkCheck check, boolean stealing) {
        return new TalariaWork(
                check,
                Ours.config().shards(2 * SHARDS).stealing(stealing),
                2,
                place -> 2 * (place * SHARDS / WorkRace.ACTORS));
    }

    private void pass(WorkTokenView token, int place, WorkCheck check) {
        long came = token.digest();
        long worked = check.work().on(came);
        if (check.passes(token.id(), token.hops(), token.last(), came, worked, place)) {
            WorkTokenClaim.tell(runners.get(WorkRace.place(worked)), token.id(), token.hops() + 1, token.last(), worked)
                    .orThrow();
        }
    }

    @Override
    public void start(int token, int last, long digest) {
        WorkTokenClaim.tell(runners.get(WorkRace.place(digest)), token, 0, last, digest)
                .orThrow();
    }

    /** Key of a figure of a worker: turns, or steals, a thousand messages. */
    public static String key(String what, int worker) {
        return what + '-' + worker;
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int worker = 0; worker < workers; worker++) {
            counts.put(key("turns", worker), probe.read(worker, RegionProbe.Word.TURNS));
            counts.put(key("steals", worker), probe.read(worker, RegionProbe.Word.STEALS));
        }
        return counts;
    }

    @Override
    public void mark() {
        marks.putAll(counts());
    }

    @Override
    public Map<String, Double> figures(long messages) {
        Map<String, Double> figures = new LinkedHashMap<>();
        counts().forEach((key, count) -> figures.put(key, (count - marks.getOrDefault(key, 0L)) * PER / messages));
        if (mover != null) {
            figures.put(MOVES, mover.perSecond());
        }
        return figures;
    }

    @Override
    public void close() {
        if (mover != null) {
            mover.end();
        }
        talaria.close();
    }
}
