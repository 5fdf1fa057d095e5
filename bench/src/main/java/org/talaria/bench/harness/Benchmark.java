package org.talaria.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One row of the table of bars: two trials, or one, with unit and bar. Immutable: each method that changes something gives a new one. */
public final class Benchmark {
    private static final long FIRST_OPERATIONS = 20_000;
    private static final long SMOKE_OPERATIONS = 2_000;

    private final String name;
    private final String family;
    private final IntFunction<Trial> ours;
    private String unit = "M/s";
    private List<Integer> payloads = List.of(16, 64);
    private long firstOperations = FIRST_OPERATIONS;
    private long smokeOperations = SMOKE_OPERATIONS;
    private boolean fixed;
    private boolean placed = true;
    private boolean nativeOnly;
    private boolean fresh;
    private int leastAlternations;
    private @Nullable Preparation preparation;
    private String peerName = "";
    private @Nullable IntFunction<Trial> peer;
    private IntFunction<Bar> bar = payload -> Bar.reported();
    private List<Extra> extras = List.of();

    private Benchmark(String name, String family, IntFunction<Trial> ours) {
        this.name = name;
        this.family = family;
        this.ours = ours;
    }

    private Benchmark(Benchmark other) {
        this(other.name, other.family, other.ours);
        unit = other.unit;
        payloads = other.payloads;
        firstOperations = other.firstOperations;
        smokeOperations = other.smokeOperations;
        fixed = other.fixed;
        placed = other.placed;
        nativeOnly = other.nativeOnly;
        fresh = other.fresh;
        leastAlternations = other.leastAlternations;
        preparation = other.preparation;
        peerName = other.peerName;
        peer = other.peer;
        bar = other.bar;
        extras = other.extras;
    }

    /**
     * A row made of another figure of our runs.
     *
     * @param key of {@link Timing#also}
     * @param name name of the row
     * @param unit of the figure
     * @param bar on the figure
     */
    public record Extra(String key, String name, String unit, Bar bar) {}

    /** What must be there before the first run, and takes its time: a build, for one. */
    @FunctionalInterface
    public interface Preparation {
        /** Makes it, or finds it made; tells how far it is, now and then. */
        void prepare(Consumer<String> progress) throws Exception;
    }

    /** A figure of ours for messages of 16 and 64 bytes, in millions a second, so far without peer and bar. */
    public static Benchmark of(String name, String family, IntFunction<Trial> ours) {
        return new Benchmark(name, family, ours);
    }

    /** A figure of ours where a payload has no meaning, so far without peer and bar. */
    public static Benchmark figure(String name, String family, String unit, Trial ours) {
        return new Benchmark(name, family, payload -> ours).in(unit).payloads(0);
    }

    /** With the other side, by payload. */
    public Benchmark against(String other, IntFunction<Trial> trial) {
        return with(copy -> {
            copy.peerName = other;
            copy.peer = trial;
        });
    }

    /** With one bar: on the ratio ours ÷ peer, or on the figure if it stands alone. */
    public Benchmark mustBe(Bar one) {
        return mustBe(payload -> one);
    }

    /** With a bar by payload. */
    public Benchmark mustBe(IntFunction<Bar> byPayload) {
        return with(copy -> copy.bar = byPayload);
    }

    /** With other payloads. */
    public Benchmark payloads(Integer... bytes) {
        return with(copy -> copy.payloads = List.of(bytes));
    }

    /** In another unit. */
    public Benchmark in(String other) {
        return with(copy -> copy.unit = other);
    }

    /** With so many operations when it is only tried whether it runs. */
    public Benchmark smoke(long operations) {
        return with(copy -> copy.smokeOperations = operations);
    }

    /** With so many operations in each run, whatever they take; fewer when it is only tried whether it runs. */
    public Benchmark always(long operations, long smoke) {
        return with(copy -> {
            copy.firstOperations = operations;
            copy.smokeOperations = smoke;
            copy.fixed = true;
        });
    }

    /** Of no regime: the figure does not depend on where the threads sit. */
    public Benchmark anywhere() {
        return with(copy -> copy.placed = false);
    }

    /** With a process of its own for each sample: what an earlier one held and gives back must not tell. */
    public Benchmark freshly() {
        return with(copy -> copy.fresh = true);
    }

    /** With at least so many alternations, where the plan asks for fewer: for a bar that lies close to what it is about. */
    public Benchmark alternations(int least) {
        return with(copy -> copy.leastAlternations = least);
    }

    /** With something that must be there before the first run. */
    public Benchmark preparedBy(Preparation other) {
        return with(copy -> copy.preparation = other);
    }

    /** Of the native engine only: it has C++ on one side. */
    public Benchmark nativelyOnly() {
        return with(copy -> copy.nativeOnly = true);
    }

    /** With a row made of another figure of our runs. */
    public Benchmark also(Extra extra) {
        List<Extra> more = new ArrayList<>(extras);
        more.add(extra);
        return with(copy -> copy.extras = List.copyOf(more));
    }

    private Benchmark with(Consumer<Benchmark> change) {
        Benchmark copy = new Benchmark(this);
        change.accept(copy);
        return copy;
    }

    /** Name of the row. */
    public String name() {
        return name;
    }

    /** Which plot it belongs to. */
    public String family() {
        return family;
    }

    /** Unit of the figures. */
    public String unit() {
        return unit;
    }

    /** Bytes of a message; {@code [0]} where that has no meaning. */
    public List<Integer> payloads() {
        return payloads;
    }

    /** Operations of the first run; later ones are sized by time, unless {@link #fixed}. */
    public long firstOperations(Plan plan) {
        return plan == Plan.SMOKE ? smokeOperations : firstOperations;
    }

    /** Whether every run has the operations of the first. */
    public boolean fixed() {
        return fixed;
    }

    /** Whether the figure depends on where the threads sit; if not, its regime is {@link Regime#ANY}. */
    public boolean placed() {
        return placed;
    }

    /** Whether each sample needs a process of its own. */
    public boolean fresh() {
        return fresh;
    }

    /** Alternations of one regime that make a figure. */
    public int enough(Plan plan) {
        return measures(plan) ? enough(plan.enough()) : plan.enough();
    }

    /** The same, where the plan asks for so many. */
    int enough(int asked) {
        return Math.max(asked, leastAlternations);
    }

    /** Alternations before giving up on a regime that shows now and then: as many times more than enough as the plan has them. */
    public int most(Plan plan) {
        return plan.most() * enough(plan) / plan.enough();
    }

    private static boolean measures(Plan plan) {
        return plan != Plan.SMOKE && plan != Plan.ONCE;
    }

    /** What must be there before the first run; null if nothing. */
    public @Nullable Preparation preparation() {
        return preparation;
    }

    /** Whether only the native engine can run it. */
    public boolean nativeOnly() {
        return nativeOnly;
    }

    /** Our side. */
    public Trial ours(int payload) {
        return ours.apply(payload);
    }

    /** The other library; empty if the figure stands alone. */
    public String peerName() {
        return peerName;
    }

    /** The other side; null if the figure stands alone. */
    public @Nullable Trial peer(int payload) {
        return peer == null ? null : peer.apply(payload);
    }

    /** The bar. */
    public Bar bar(int payload) {
        return bar.apply(payload);
    }

    /** Rows made of other figures of our runs. */
    public List<Extra> extras() {
        return extras;
    }
}
