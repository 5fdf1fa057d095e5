package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talaria.TalariaConfig.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talaria.ActorRef;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaException;
import org.talaria.journal.app.Account;
import org.talaria.journal.app.Bank;
import org.talaria.journal.app.BankMessages.AccountMessage;
import org.talaria.journal.app.BankMessages.Allowed;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.BankMessages.MayTransfer;
import org.talaria.journal.app.LiveBank;
import org.talaria.journal.replay.Divergence;
import org.talaria.journal.replay.Replay;
import org.talaria.journal.replay.ReplayApplication;
import org.talaria.journal.replay.ReplayOptions;
import org.talaria.journal.replay.ReplayRegistry;
import org.talaria.journal.replay.ReplayResult;

/** A journal, fed to the application's own actors again, gives the same states, byte for byte. */
class ReplayTest {
    private static final int ACCOUNTS = 30;

    @TempDir
    Path folder;

    /** The bank again, from the journal's names. */
    private static class ReplayedBank implements ReplayApplication, Bank {
        private ReplayRegistry registry;

        @Override
        public void register(ReplayRegistry to) {
            registry = to;
            to.matching(
                    name -> name.equals("clerk"),
                    (name, actors) -> actors.answering(name, MayTransfer.class, this::decide));
            to.matching(
                    name -> name.startsWith("account-"),
                    (name, actors) -> actors.actor(name, () -> account(Integer.parseInt(name.substring(8)), this)));
        }

        Allowed decide(MayTransfer query) {
            return LiveBank.decide(query);
        }

        Account account(int number, Bank bank) {
            return new Account(number, bank);
        }

        @Override
        public ActorRef<AccountMessage> account(int number) {
            return registry.ref("account-" + number, AccountMessage.class);
        }

        @Override
        public ActorRef<MayTransfer> clerk() {
            return registry.ref("clerk", MayTransfer.class);
        }
    }

    private Map<String, byte[]> live(EngineKind kind) throws InterruptedException {
        try (Talaria talaria = Talaria.open(config().engine(kind)
                .workers(2)
                .shards(8)
                .ringCapacityBytes(64 << 10)
                .journal(Journal.at(folder).rollBytes(1 << 20)))) {
            LiveBank bank = new LiveBank(talaria, ACCOUNTS);
            List<Thread> customers = new ArrayList<>();
            for (int c = 0; c < 3; c++) {
                int seed = c;
                Thread customer = new Thread(() -> bank.errands(seed, 5_000, i -> {}));
                customers.add(customer);
                customer.start();
            }
            for (Thread customer : customers) {
                customer.join();
            }
            bank.account(7)
                    .tell(new Deposit(-5, "the handler throws at this one"))
                    .orThrow();
            assertTrue(talaria.quiesce(Duration.ofSeconds(60)));
            return bank.snapshots();
        }
    }

    private static String describe(byte[] state) {
        ByteBuffer buffer = ByteBuffer.wrap(state);
        return "number " + buffer.getInt() + " cents " + buffer.getLong() + " hash " + buffer.getLong() + " last "
                + buffer.getLong() + " starts " + buffer.getInt() + " fees " + buffer.getDouble();
    }

    private void shouldEqual(EngineKind kind) throws InterruptedException {
        Map<String, byte[]> states = live(kind);
        ReplayResult result = Replay.run(folder, new ReplayedBank(), ReplayOptions.all());
        states.forEach((name, state) ->
                assertEquals(describe(state), describe(result.snapshots().get(name))));
        assertEquals(List.of(), result.compare(states));
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        assertTrue(result.complete() && result.skipped().isEmpty(), result::toString);
        assertTrue(result.sends() > 2_000, result::toString);
        assertEquals(1, result.dead());
        ReplayResult again = Replay.run(folder, new ReplayedBank(), ReplayOptions.all());
        assertEquals(List.of(), again.compare(result.snapshots()));
    }

    @Test
    void shouldEqualTheJavaEngine() throws InterruptedException {
        shouldEqual(EngineKind.JAVA);
    }

    @Test
    @Tag("native")
    void shouldEqualTheNativeEngine() throws InterruptedException {
        shouldEqual(EngineKind.NATIVE);
    }

    @Test
    void shouldReplayOneEndpoint() throws InterruptedException {
        Map<String, byte[]> states = live(EngineKind.JAVA);
        ReplayResult result = Replay.run(
                folder,
                new ReplayedBank(),
                ReplayOptions.builder().endpoint("account-3").build());
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        assertEquals(
                describe(states.get("account-3")), describe(result.snapshots().get("account-3")));
        assertArrayEquals(states.get("account-3"), result.snapshots().get("account-3"));
        assertEquals(0, result.divergenceCount(), () -> result.divergences().toString());
        assertTrue(result.messages() < 2_000, result::toString);
    }

    @Test
    void shouldFindAHandlerThatDoesSomethingElse() throws InterruptedException {
        live(EngineKind.JAVA);
        ReplayResult result = Replay.run(
                folder,
                new ReplayedBank() {
                    @Override
                    Allowed decide(MayTransfer query) {
                        return new Allowed(true, 0);
                    }
                },
                ReplayOptions.all());
        assertFalse(result.equal());
        assertEquals(Divergence.Kind.OTHER_MESSAGE, result.divergences().get(0).kind());
        assertEquals("clerk", result.divergences().get(0).endpoint());
    }

    @Test
    void shouldStopWhereAListenerSaysSo() throws InterruptedException {
        live(EngineKind.JAVA);
        List<String> seen = new ArrayList<>();
        ReplayResult result = Replay.run(
                folder,
                new ReplayedBank(),
                ReplayOptions.builder()
                        .each(message -> {
                            seen.add(message.get().line());
                            return seen.size() <= 100;
                        })
                        .build());
        assertFalse(result.complete());
        assertEquals(101, seen.size());
        assertEquals(100, result.handled());
        assertTrue(seen.stream().anyMatch(line -> line.contains("Deposit") && line.contains("cents=")), seen::toString);
    }

    @Test
    void shouldSayWhatIsNotRegistered() throws InterruptedException {
        live(EngineKind.JAVA);
        ReplayResult result = Replay.run(folder, registry -> {}, ReplayOptions.all());
        assertEquals(ACCOUNTS + 1, result.skipped().size());
        assertEquals(0, result.messages());
        assertThrows(
                TalariaException.class,
                () -> Replay.run(
                        folder,
                        registry -> {},
                        ReplayOptions.builder().endpoint("nobody").build()));
    }
}
