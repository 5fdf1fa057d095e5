package org.talaria.bench.harness;

/**
 * How thoroughly to measure.
 *
 * @param name as told in results
 * @param warmups alternations thrown away, at least; they also size the runs
 * @param warmMillis goes on throwing away for so long: until both sides are compiled as a program that runs for a while is
 * @param enough alternations of one regime that make a figure
 * @param most alternations before giving up on a regime that shows now and then
 * @param sampleMillis length of a run
 */
public record Plan(String name, int warmups, int warmMillis, int enough, int most, int sampleMillis) {
    /** Every figure within minutes. */
    public static final Plan QUICK = new Plan("quick", 3, 1_400, 5, 7, 70);

    /** What is published. */
    public static final Plan FULL = new Plan("full", 4, 6_000, 11, 40, 300);

    /** Only that everything runs: no figure of it means anything. */
    public static final Plan SMOKE = new Plan("smoke", 0, 0, 1, 1, 5);

    /** One sample of a fixed length, of a process that ends then. */
    public static final Plan ONCE = new Plan("once", 0, 0, 1, 1, 300);

    /** The plan of a name. */
    public static Plan of(String name) {
        return switch (name) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            case "smoke" -> SMOKE;
            case "once" -> ONCE;
            default -> throw new IllegalArgumentException("no plan '" + name + "': give quick, full, smoke or once");
        };
    }
}
