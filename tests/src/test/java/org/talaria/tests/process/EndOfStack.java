package org.talaria.tests.process;

import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.tests.messages.Note;
import org.talaria.tests.messages.NoteClaim;

/**
 * What runs in a JVM of its own: {@code EndOfStack ENGINE WAY TIMES} sends at the end of a stack so many times, and says whether the shard still lives. The way {@code HANDLER} sends
 * from a handler whose stack ends, and says whether anything came twice.
 */
final class EndOfStack {
    private static final long STACK_BYTES = 256 << 10;
    private static final Note NOTE = new Note(1);
    private static final List<Note> NOTES = Collections.nCopies(3, NOTE);
    private static final BitSet SEEN = new BitSet();

    private static ActorRef<Note> ref;
    private static int dives;
    private static int number;
    private static int twice;

    private EndOfStack() {}

    /** How a diver sends, one frame further down each time. */
    private enum Way {
        TELL {
            @Override
            void dive() {
                ref.tell(NOTE);
                dive();
            }
        },
        CLAIM {
            @Override
            void dive() {
                NoteClaim.tell(ref, 1);
                dive();
            }
        },
        BATCH {
            @Override
            void dive() {
                try (NoteClaim batch = NoteClaim.batch(ref, 2)) {
                    batch.next().number(1);
                    batch.next().number(2);
                    batch.commit();
                }
                dive();
            }
        },
        ALL {
            @Override
            void dive() {
                ref.tellAll(NOTES);
                dive();
            }
        },
        SOME {
            @Override
            void dive() {
                ref.tellSome(NOTES, 0);
                dive();
            }
        },
        HANDLER {
            @Override
            void dive() {
                if ((number & 1) == 0) {
                    ref.tell(new Note(++number));
                } else {
                    NoteClaim.tell(ref, ++number);
                }
                dive();
            }
        };

        abstract void dive();
    }

    public static void main(String[] arguments) throws InterruptedException {
        TalariaConfig config = TalariaConfig.config()
                .engine(EngineKind.valueOf(arguments[0]))
                .workers(1)
                .shards(1)
                .ringCapacityBytes(64 << 10)
                .maxMessageBytes(4 << 10)
                .onDeadLetter(letter -> {})
                .onError(error -> {});
        Way way = Way.valueOf(arguments[1]);
        dives = Integer.parseInt(arguments[2]);
        try (Talaria talaria = Talaria.open(config)) {
            ref = talaria.actor("sink", Note.class, note -> {
                twice += SEEN.get(note.number()) ? 1 : 0;
                if (way == Way.HANDLER) {
                    SEEN.set(note.number());
                }
            });
            if (way == Way.HANDLER) {
                inAHandler(talaria);
            } else {
                outside(way);
            }
            ref.tell(new Note(Short.MAX_VALUE * 64));
            boolean quiet = talaria.quiesce(Duration.ofSeconds(20));
            System.out.println((quiet ? twice == 0 ? "alive " : "twice " + twice + ' ' : "stuck ") + talaria.stats());
            System.out.flush();
            if (!quiet) {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private static void inAHandler(Talaria talaria) {
        ActorRef<Note> diver = talaria.actor("diver", Note.class, note -> step(Way.HANDLER, note.number() % 40));
        for (int i = 0; i < dives; i++) {
            diver.tell(new Note(i));
            talaria.quiesce(Duration.ofSeconds(20));
        }
    }

    private static void outside(Way way) throws InterruptedException {
        Thread diver = new Thread(null, () -> dives(way), "diver", STACK_BYTES);
        diver.setDaemon(true);
        diver.start();
        diver.join();
    }

    private static void dives(Way way) {
        for (int i = 0; i < dives; i++) {
            try {
                // Another distance to the end each time, so that it comes at another call
                step(way, i % 40);
            } catch (StackOverflowError | IllegalStateException e) {
                // What was claimed before must have been committed or given up. A batch that was not says so on close
            }
        }
    }

    private static void step(Way way, int steps) {
        if (steps > 0) {
            step(way, steps - 1);
        } else {
            way.dive();
        }
    }
}
