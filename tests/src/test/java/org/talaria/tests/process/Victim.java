package org.talaria.tests.process;

import java.nio.file.Path;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.actor.Actor;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Note;

/** What runs in the other JVM: {@code Victim ENGINE FOLDER END}, END is {@code exit}, {@code return} or {@code wait}. */
final class Victim {
    static final int MESSAGES = 1_000;

    private Victim() {}

    private static final class Witness extends Actor<Note> {
        private int count;

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> count++);
        }

        @Override
        protected void stopped() {
            System.out.println("stopped after " + count);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        TalariaConfig config = TalariaConfig.config()
                .engine(EngineKind.valueOf(arguments[0]))
                .workers(1)
                .ringCapacityBytes(64 << 10)
                .maxMessageBytes(4 << 10);
        if (!arguments[1].isEmpty()) {
            config.regionFolder(Path.of(arguments[1]));
        }
        Talaria talaria = Talaria.open(config);
        System.out.println("engine " + talaria.engine() + " " + talaria.engineReason());
        ActorRef<Note> witness = talaria.actor("witness", Witness::new);
        for (int i = 0; i < MESSAGES; i++) {
            witness.tell(new Note(i)).orThrow();
        }
        System.out.println("sent");
        switch (arguments[2]) {
            case "exit" -> System.exit(0);
            case "wait" -> Thread.sleep(Long.MAX_VALUE);
            case "close" -> talaria.close();
            default -> System.out.println("main returns");
        }
    }
}
