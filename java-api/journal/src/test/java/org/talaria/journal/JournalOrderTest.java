package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.actor.Context;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.JournalForge.Record;
import org.talaria.journal.JournalForge.Turn;
import org.talaria.journal.app.BankMessages.Receipt;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.HandlingOrder;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.Step;

/**
 * The journal has what each actor handled, in the order it handled it. Each actor writes down who told it what; the journal is read in two ways: as the turn logs
 * say, and by {@link HandlingOrder}.
 */
class JournalOrderTest {
    private static final int SENDERS = 4;
    private static final int ACTORS = 24;
    private static final int MESSAGES = Integer.getInteger("talaria.journal.order", 4_000);

    /** A message that was handled: its id in the journal, and what it says. */
    private record Entry(long id, int sender, long number) {}

    @TempDir
    Path folder;

    private final long seed =
            Long.getLong("talaria.seed", ThreadLocalRandom.current().nextLong(1L << 48));
    private final List<ActorRef<Receipt>> actors = new ArrayList<>();
    /** By actor. A list is its actor's own while the engine runs. */
    private final List<List<Entry>> handled = new ArrayList<>();

    private long work;

    /** One in six is sent on by its handler; handlers take their time unevenly, so that shards are stolen. */
    private void handle(int actor, Receipt receipt, Context context) {
        handled.get(actor).add(new Entry(context.messageId(), receipt.to(), receipt.cents()));
        for (int i = 0; i < actor * 10; i++) {
            work += i ^ receipt.cents();
        }
        if (receipt.to() < SENDERS && receipt.cents() % 6 == 0) {
            int next = (int) ((actor + receipt.cents()) % ACTORS);
            actors.get(next).tell(new Receipt(SENDERS + actor, receipt.cents())).orThrow();
        }
    }

    private void send(int sender) {
        Random random = new Random(seed + sender);
        for (int i = 1; i <= MESSAGES; i++) {
            actors.get(random.nextInt(ACTORS)).tell(new Receipt(sender, i)).orThrow();
        }
    }

    private void live(EngineKind kind, Journal.Mode mode) throws InterruptedException {
        System.out.println("seed of JournalOrderTest: -Dtalaria.seed=" + seed);
        try (Talaria talaria = Talaria.open(config().engine(kind)
                .workers(3)
                .shards(8)
                .ringCapacityBytes(64 << 10)
                .journal(Journal.at(folder).mode(mode).rollBytes(1 << 20)))) {
            assertEquals(kind, talaria.engine());
            for (int i = 0; i < ACTORS; i++) {
                int actor = i;
                handled.add(new ArrayList<>());
                actors.add(talaria.actor(
                        "actor-" + i, Receipt.class, (receipt, context) -> handle(actor, receipt, context)));
            }
            List<Thread> senders = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                int sender = s;
                senders.add(new Thread(() -> send(sender), "sender-" + s));
            }
            senders.forEach(Thread::start);
            for (Thread sender : senders) {
                sender.join();
            }
            assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
        }
        int told = handled.stream().mapToInt(List::size).sum();
        assertTrue(told > SENDERS * MESSAGES, "handlers have sent on: " + told);
    }

    private static Entry entry(Record record) {
        int header = RecordDescriptor.headerBytes(
                record.block().body.getShort(record.offset() + RecordDescriptor.FLAGS_OFFSET));
        // As the layout says: to at 0, cents, aligned, at 8.
        int payload = record.offset() + header;
        return new Entry(
                record.id(),
                record.block().body.getInt(payload),
                record.block().body.getLong(payload + Long.BYTES));
    }

    /** By actor, as the turn logs say: the turns of its shard by their numbers, the records of each by position. */
    private List<List<Entry>> byTurnLog(EpochIndex epoch) {
        JournalForge forge = JournalForge.of(folder);
        Map<Integer, TreeMap<Long, Record>> shards = new HashMap<>();
        forge.records().forEach(record -> shards.computeIfAbsent(record.shard(), s -> new TreeMap<>())
                .put(record.position(), record));
        List<List<Entry>> all = empty();
        forge.turns().stream()
                .sorted(Comparator.comparingLong((Turn turn) -> turn.get(TurnLogDescriptor.TURN_NUMBER)))
                .forEach(turn -> shards
                        .getOrDefault(turn.shard(), new TreeMap<>())
                        .subMap(turn.get(TurnLogDescriptor.TURN_FROM), turn.get(TurnLogDescriptor.TURN_TO))
                        .values()
                        .stream()
                        .filter(record -> record.type() >= RecordDescriptor.FIRST_MESSAGE_TYPE)
                        .forEach(record -> all.get(actor(epoch, record.target(), record.generation()))
                                .add(entry(record))));
        return all;
    }

    private static int actor(EpochIndex epoch, int row, int generation) {
        EndpointInfo endpoint = epoch.directory().endpoint(row, generation);
        return Integer.parseInt(endpoint.name().substring("actor-".length()));
    }

    private static <T> List<List<T>> empty() {
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            all.add(new ArrayList<>());
        }
        return all;
    }

    private static List<List<Long>> byHandlingOrder(JournalIndex index) {
        List<List<Long>> all = empty();
        try (HandlingOrder order = HandlingOrder.of(index, index.last())) {
            for (Step step = order.next(); step != null; step = order.next()) {
                if (!step.record().isControl()) {
                    assertTrue(step.handled(), "a record is in no turn");
                    all.get(actor(
                                    index.last(),
                                    step.record().target(),
                                    step.record().generation()))
                            .add(step.record().id());
                }
            }
        }
        return all;
    }

    private void shouldBeTheSame(EngineKind kind, Journal.Mode mode) throws InterruptedException {
        live(kind, mode);
        JournalIndex index = JournalIndex.of(folder);
        List<List<Entry>> logged = byTurnLog(index.last());
        List<List<Long>> ordered = byHandlingOrder(index);
        for (int i = 0; i < ACTORS; i++) {
            assertSame("actor " + i + ", by the turn logs", handled.get(i), logged.get(i));
            assertSame(
                    "actor " + i + ", by the handling order",
                    handled.get(i).stream().map(Entry::id).toList(),
                    ordered.get(i));
        }
    }

    /** Names the first difference: all of a list would be pages. */
    private static <T> void assertSame(String what, List<T> expected, List<T> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i), what + ", message " + i);
        }
        assertEquals(expected.size(), actual.size(), what);
    }

    @Test
    void shouldBeWhatTheJavaEngineHandled() throws InterruptedException {
        shouldBeTheSame(EngineKind.JAVA, Journal.Mode.ASYNC);
    }

    @Test
    void shouldBeWhatTheJavaEngineHandledWriteAhead() throws InterruptedException {
        shouldBeTheSame(EngineKind.JAVA, Journal.Mode.WRITE_AHEAD);
    }

    @Test
    @Tag("native")
    void shouldBeWhatTheNativeEngineHandled() throws InterruptedException {
        shouldBeTheSame(EngineKind.NATIVE, Journal.Mode.ASYNC);
    }

    @Test
    @Tag("native")
    void shouldBeWhatTheNativeEngineHandledWriteAhead() throws InterruptedException {
        shouldBeTheSame(EngineKind.NATIVE, Journal.Mode.WRITE_AHEAD);
    }
}
