package org.talaria.tests.process;

import java.time.Duration;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;

/** What runs in a JVM without compilers: {@code EndOfStack ENGINE} tells at the end of a stack, again and again, and says whether the shard still lives. */
final class EndOfStack {
    private static final int DIVES = 160;
    private static final long STACK_BYTES = 256 << 10;
    private static final Note NOTE = new Note(1);

    private static ActorRef<Note> ref;

    private EndOfStack() {}

    public static void main(String[] arguments) throws InterruptedException {
        TalariaConfig config = TalariaConfig.config()
                .engine(EngineKind.valueOf(arguments[0]))
                .workers(1)
                .shards(1)
                .ringCapacityBytes(64 << 10)
                .maxMessageBytes(4 << 10);
        try (Talaria talaria = Talaria.open(config)) {
            ref = talaria.actor("sink", Note.class, note -> {});
            Thread diver = new Thread(null, EndOfStack::dives, "diver", STACK_BYTES);
            diver.setDaemon(true);
            diver.start();
            diver.join();
            ref.tell(NOTE);
            boolean quiet = talaria.awaitQuiet(Duration.ofSeconds(20));
            System.out.println((quiet ? "alive " : "stuck ") + talaria.stats());
            System.out.flush();
            if (!quiet) {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static void dives() {
        for (int i = 0; i < DIVES; i++) {
            try {
                // Another distance to the end each time, so that it comes at another call
                step(i % 40, i % 2 == 0);
            } catch (StackOverflowError e) {
                // What was claimed before must have been committed or given up
            }
        }
    }

    private static void step(int steps, boolean claims) {
        if (steps > 0) {
            step(steps - 1, claims);
        } else if (claims) {
            claim();
        } else {
            tell();
        }
    }

    private static void tell() {
        ref.tell(NOTE);
        tell();
    }

    private static void claim() {
        NoteClaim.tell(ref, 1);
        claim();
    }
}
