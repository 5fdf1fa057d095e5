package org.talaria.tests.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.Priority;
import org.talaria.Ref;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.journal.Journal;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.Stays;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayResult;
import org.talaria.journal.show.Filter;
import org.talaria.journal.show.Show;
import org.talaria.journal.verify.Options;
import org.talaria.journal.verify.Progress;
import org.talaria.journal.verify.Verdict;
import org.talaria.journal.verify.Verifier;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.Scale;
import org.talaria.tests.support.Seeds;

/** An engine's journal of an endpoint that moves is proved, shown and replayed as it was handled, on whichever shard that was (R19). */
class MovedJournalTest {
    private static final int MOVES = 2 * Scale.of(10);
    private static final int MESSAGES = Scale.of(4_000);

    @TempDir
    Path folder;

    /** What it comes to depends on the order of all it handles. */
    private static final class Ledger extends Actor<Note> implements Snapshot {
        private final @Nullable List<Long> handled;
        private long hash;

        Ledger(@Nullable List<Long> handled) {
            this.handled = handled;
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, (note, context) -> {
                hash = 31 * hash + note.number();
                if (handled != null) {
                    handled.add(context.messageId());
                }
            });
        }

        @Override
        public void write(ByteBuffer buffer) {
            buffer.putLong(hash);
        }

        byte[] state() {
            return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
        }
    }

    /** Hands on what it is sent. */
    private static final class Relay extends Actor<Note> {
        private final Ref<Note> next;

        Relay(Ref<Note> next) {
            this.next = next;
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> {
                for (int i = 0; i < 3; i++) {
                    next.tell(new Note(note.number() + i)).orThrow();
                }
            });
        }
    }

    private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());
    private final Ledger ledger = new Ledger(handled);

    private ActorRef<Note> ledgerOnShardOne(Talaria talaria) {
        return talaria.with(ActorOptions.options().onShard(1)).actor("ledger", () -> ledger);
    }

    private static FutureTask<Void> thread(String name, int messages, Ref<Note> high, Ref<Note> other) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            for (int i = 0; i < messages; i++) {
                (i % 3 == 0 ? high : other).tell(new Note(i)).orThrow();
            }
            return null;
        });
        new Thread(task, name).start();
        return task;
    }

    private void thereAndBack(Fabric fabric, Journal journal) {
        Random random = new Random(Seeds.of("thereAndBack " + fabric.kind()));
        Talaria talaria = fabric.open(config -> config.workers(2).lanes(2).journal(journal));
        ActorRef<Note> ref = ledgerOnShardOne(talaria);
        ActorRef<Note> relay = talaria.with(ActorOptions.options().onShard(2)).actor("relay", () -> new Relay(ref));
        List<FutureTask<Void>> senders =
                List.of(thread("one", MESSAGES, ref.at(Priority.HIGH), ref), thread("two", MESSAGES, relay, ref));
        for (int i = 1; i <= MOVES; i++) {
            // Between two moves something comes, so that each stay has records.
            int before = handled.size();
            Await.until("something comes", () -> handled.size() > before || done(senders));
            int shard = i % 2 == 1 ? random.nextBoolean() ? 0 : 3 : 1;
            assertTrue(talaria.move(ref, shard));
        }
        senders.forEach(Await::value);
        ref.tell(new Note(-1)).orThrow();
        Fabric.settle(talaria);
        talaria.close();
        assertEquals(2 * MESSAGES + 1 + 2 * ((MESSAGES + 2) / 3), handled.size());
    }

    private static boolean done(List<FutureTask<Void>> senders) {
        return senders.stream().allMatch(FutureTask::isDone);
    }

    private Verdict proved() {
        Verdict verdict = Verifier.verify(folder, Options.defaults(), Progress.NONE);
        assertEquals(Verdict.Result.PROVED, verdict.result(), verdict.text());
        return verdict;
    }

    private void shownAsHandled() {
        List<Long> shown = new ArrayList<>();
        Show.of(folder).each(Filter.all().endpoint("ledger"), message -> shown.add(message.id()));
        assertEquals(List.copyOf(handled), shown);
    }

    private List<Integer> shards() {
        EpochIndex epoch = JournalIndex.of(folder).last();
        return epoch.directory().endpoints().stream()
                .filter(info -> info.name().equals("ledger"))
                .map(epoch::shardsOf)
                .findFirst()
                .orElseThrow();
    }

    private void replayedToItsState() {
        ReplayResult result = Replay.run(
                folder,
                registry -> {
                    registry.matching("ledger"::equals, (name, actors) -> actors.actor(name, () -> new Ledger(null)));
                    registry.matching(
                            "relay"::equals,
                            (name, actors) -> actors.actor(name, () -> new Relay(registry.ref("ledger", Note.class))));
                },
                ReplayOptions.all());
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        assertEquals(List.of(), result.compare(Map.of("ledger", ledger.state())));
    }

    private void provedShownAndReplayed() {
        Verdict verdict = proved();
        assertEquals(MOVES, verdict.figures().moves());
        assertTrue(verdict.text().contains(" moves of endpoints"), verdict.text());
        assertEquals(MOVES + 1, shards().size());
        assertEquals(1, shards().get(MOVES));
        shownAsHandled();
        replayedToItsState();
    }

    @BothEngines
    void behindHandling(Fabric fabric) {
        thereAndBack(fabric, Journal.at(folder));
        provedShownAndReplayed();
    }

    @BothEngines
    void aheadOfHandling(Fabric fabric) {
        thereAndBack(fabric, Journal.at(folder).mode(Journal.Mode.WRITE_AHEAD));
        provedShownAndReplayed();
    }

    /** Segments end and go while it moves: each says again where the endpoint lives. */
    @BothEngines
    void withRetention(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.workers(2)
                .maxMessageBytes(1 << 10)
                .journal(Journal.at(folder).rollBytes(1 << 20).retainBytes(1 << 20)));
        ActorRef<Note> ref = ledgerOnShardOne(talaria);
        for (int i = 0; i < 80; i++) {
            // The first moves go with their segments, and the endpoint is not where it was made.
            assertTrue(i >= 20 || talaria.move(ref, i % 2 == 0 ? 2 : 0));
            for (int n = 0; n < 1_000; n++) {
                ref.tell(new Note(n)).orThrow();
            }
        }
        Fabric.settle(talaria);
        talaria.close();
        String text = proved().text();
        assertTrue(text.contains("retention deleted"), text);
    }

    /** All turns have one time: what tells their order is the turn log's word of each move. */
    @BothEngines
    void withAClockThatStands(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.journal(Journal.at(folder)));
        ActorRef<Note> ref = ledgerOnShardOne(talaria);
        for (int shard : new int[] {0, 1, 0, 1}) {
            for (int i = 0; i < 5; i++) {
                ref.tell(new Note(10 * shard + i)).orThrow();
                Fabric.drain(talaria);
            }
            assertTrue(talaria.move(ref, shard));
        }
        ref.tell(new Note(100)).orThrow();
        Fabric.drain(talaria);
        talaria.close();
        proved();
        shownAsHandled();
        replayedToItsState();
        assertEquals(List.of(1, 0, 1, 0, 1), shards());
    }

    /** Who claimed there while it was elsewhere and reads its home word again when it is back (R15) is of the stay that begins then: so that begins with what was not drained. */
    @BothEngines
    void whatWaitsThereIsOfTheStayThatBegins(Fabric fabric) {
        Talaria talaria = fabric.invoker(config -> config.journal(Journal.at(folder)));
        ActorRef<Note> ref = ledgerOnShardOne(talaria);
        ActorRef<Note> beside = talaria.with(ActorOptions.options().onShard(0)).actor("beside", Note.class, note -> {});
        Fabric.drain(talaria);
        beside.tell(new Note(1)).orThrow();
        assertTrue(talaria.move(ref, 0));
        Fabric.drain(talaria);
        talaria.close();
        EpochIndex epoch = JournalIndex.of(folder).last();
        EndpointInfo ledgerInfo = epoch.directory().endpoints().stream()
                .filter(info -> info.name().equals("ledger"))
                .findFirst()
                .orElseThrow();
        Stays stays = epoch.directory().stays(ledgerInfo.index(), ledgerInfo.generation());
        List<Integer> of = new ArrayList<>();
        Show.of(folder)
                .each(
                        Filter.all().endpoint("beside"),
                        message -> of.add(stays.at(epoch.info().lanes().get(message.shard()), message.position())));
        assertEquals(List.of(1), of);
    }
}
