package org.talaria.internal.engine;

import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.bindings.NativeLibrary;
import org.talaria.internal.memory.LayoutHash;
import org.talaria.message.Address;

/** Opens the engine that a configuration asks for. */
public final class Engines {
    /** The version of {@code talaria.h} that this code was written for. */
    static final int ABI_VERSION = 3;

    private static final System.Logger LOG = System.getLogger("org.talaria");

    private Engines() {}

    /** See {@link Talaria#open(TalariaConfig)}. */
    public static Talaria open(TalariaConfig given) {
        TalariaConfig config = given.copy();
        checkPool(config);
        if (config.engine() == EngineKind.JAVA) {
            return new JavaEngine(config, "asked for").start();
        }
        NativeLibrary.Status status = NativeLibrary.load(ABI_VERSION, LayoutHash.hash(), LayoutHash.text());
        if (status.available()) {
            return new NativeEngine(config).start();
        }
        if (config.engine() == EngineKind.NATIVE) {
            throw new TalariaException("the native engine is demanded, and cannot be had: " + status.reason()
                    + ". Use engine(AUTO), for a command --engine java, to go on with the Java engine");
        }
        LOG.log(System.Logger.Level.INFO, "Java engine: {0}", status.reason());
        return new JavaEngine(config, status.reason()).start();
    }

    private static void checkPool(TalariaConfig config) {
        if (config.leastWorkers() > config.workers()) {
            throw new IllegalArgumentException("leastWorkers " + config.leastWorkers() + " is out of range: give 1 to "
                    + config.workers() + ", the workers");
        }
        if (config.leastWorkers() != 0 && config.leastWorkers() != config.workers() && !config.stealing()) {
            throw new IllegalArgumentException(
                    "leastWorkers " + config.leastWorkers() + " and stealing(false) contradict "
                            + "each other: without stealing a shard stays on its worker, which must not rest");
        }
    }

    /** See {@link Address#of}. */
    public static Address addressOf(ActorRef<?> ref) {
        Cell<?> cell = ((BaseRef<?>) ref).cell();
        return new Address(cell.index(), cell.generation());
    }
}
