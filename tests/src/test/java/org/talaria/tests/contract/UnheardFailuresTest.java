package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.ManualClock;

/** Where the user has set no listener, failures are logged: the first of each second, then how many more. */
@ResourceLock("the logger org.talaria")
class UnheardFailuresTest {
    private static final IllegalStateException FAULT = new IllegalStateException("on purpose");
    private static final int SHOWN = 10;

    private final Logger logger = Logger.getLogger("org.talaria");
    private final Queue<LogRecord> logged = new ConcurrentLinkedQueue<>();
    private final ManualClock clock = new ManualClock();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(ear);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.setUseParentHandlers(true);
        logger.removeHandler(ear);
    }

    private TalariaConfig unheard(EngineKind kind) {
        return TalariaConfig.config()
                .engine(kind)
                .invoker()
                .clock(clock)
                .shards(2)
                .ringMemoryBytes(1 << 20)
                .shutdownHook(false);
    }

    private List<String> texts(Level level) {
        return logged.stream()
                .filter(record -> record.getLevel() == level)
                .map(LogRecord::getMessage)
                .toList();
    }

    private static void fail(Talaria talaria, ActorRef<Note> moody, int times) {
        for (int i = 0; i < times; i++) {
            moody.tell(new Note(i)).orThrow();
        }
        Fabric.drain(talaria);
    }

    @BothEngines
    void whatAHandlerThrowsIsLoggedOnce(Fabric fabric) {
        try (Talaria talaria = Talaria.open(unheard(fabric.kind()))) {
            fail(talaria, talaria.actor("moody", Note.class, note -> throwFault()), 1);
        }
        assertEquals(1, logged.size(), () -> "" + texts(Level.WARNING));
        LogRecord record = logged.element();
        assertEquals(Level.SEVERE, record.getLevel());
        assertSame(FAULT, record.getThrown());
        assertTrue(record.getMessage().contains("moody"), record.getMessage());
    }

    @BothEngines
    void aFloodIsCountedAndTold(Fabric fabric) {
        try (Talaria talaria = Talaria.open(unheard(fabric.kind()))) {
            ActorRef<Note> moody = talaria.actor("moody", Note.class, note -> throwFault());
            fail(talaria, moody, 1_000);
            assertEquals(SHOWN, logged.size());
            clock.advance(Duration.ofSeconds(1));
            fail(talaria, moody, SHOWN + 5);
            assertEquals(2 * SHOWN, texts(Level.SEVERE).size());
        }
        assertEquals(2 * SHOWN, texts(Level.SEVERE).size());
        assertEquals(
                List.of(990L, 5L),
                texts(Level.WARNING).stream().map(UnheardFailuresTest::number).toList());
    }

    private static long number(String text) {
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    /** A dead letter names its target and reason; its contents may be nobody's business. */
    @BothEngines
    void aDeadLetterIsLoggedWithoutItsContents(Fabric fabric) {
        try (Talaria talaria = Talaria.open(unheard(fabric.kind()))) {
            ActorRef<Note> gone = talaria.actor("gone", Note.class, note -> {});
            Fabric.drain(talaria);
            talaria.stop(gone).orThrow();
            gone.tell(new Note(424_242)).orThrow();
            Fabric.drain(talaria);
        }
        List<String> told = texts(Level.WARNING);
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.get(0).contains("Note to gone"), told.get(0));
        assertFalse(told.get(0).contains("424"), told.get(0));
    }

    /** Who listens to one of the two still reads of the other. */
    @BothEngines
    void aListenerOfErrorsLeavesDeadLettersToTheLog(Fabric fabric) {
        Queue<Throwable> heard = new ConcurrentLinkedQueue<>();
        try (Talaria talaria = Talaria.open(unheard(fabric.kind()).onError(error -> heard.add(error.cause())))) {
            fail(talaria, talaria.actor("moody", Note.class, note -> throwFault()), 1);
        }
        assertEquals(List.of(FAULT), List.copyOf(heard));
        assertEquals(1, texts(Level.WARNING).size());
    }

    private static void throwFault() {
        throw FAULT;
    }
}
