package org.talaria.bench.ours;

import java.util.Locale;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;

/** How our side is opened: the defaults, with the ring memory that the peers get as well. */
public final class Ours {
    /** Bytes of a ring, for ours and peers; {@code -Dtalaria.bench.ringBytes}. */
    public static final int RING_BYTES = Integer.getInteger("talaria.bench.ringBytes", 1 << 20);

    private static final EngineKind ENGINE = EngineKind.valueOf(
            System.getProperty("talaria.bench.engine", "auto").toUpperCase(Locale.ROOT));

    private static final System.Logger LOG = System.getLogger("org.talaria.bench");

    private Ours() {}

    /** The configuration; {@code -Dtalaria.bench.engine=native|java|auto}. */
    public static TalariaConfig config() {
        return TalariaConfig.config()
                .engine(ENGINE)
                .shutdownHook(false)
                .ringCapacityBytes(RING_BYTES)
                .onDeadLetter(letter -> LOG.log(System.Logger.Level.ERROR, "a message was not handled: {0}", letter));
    }

    /** Which engine runs, and why not the native one. */
    public static String engine() {
        try (Talaria talaria = Talaria.open(config())) {
            String reason = talaria.engineReason();
            return talaria.engine().name().toLowerCase(Locale.ROOT) + (reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }

    /** Whether C++ handlers can be had: the native engine runs, and this build has the library. */
    public static boolean hasHandlers() {
        try (Talaria talaria = Talaria.open(config())) {
            return talaria.engine() == EngineKind.NATIVE && NativeParts.isBuilt();
        }
    }
}
