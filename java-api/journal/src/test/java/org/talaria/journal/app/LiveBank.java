package org.talaria.journal.app;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.Snapshot;
import org.talaria.journal.app.BankMessages.AccountMessage;
import org.talaria.journal.app.BankMessages.Allowed;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.BankMessages.GetBalance;
import org.talaria.journal.app.BankMessages.MayTransfer;
import org.talaria.journal.app.BankMessages.Transfer;

/** A bank in a running engine, and the customers that keep it busy. */
public final class LiveBank implements Bank {
    private final List<Account> actors = new ArrayList<>();
    private final List<ActorRef<AccountMessage>> accounts = new ArrayList<>();
    private final ActorRef<MayTransfer> clerk;

    /** Opens accounts. */
    public LiveBank(Talaria talaria, int accounts) {
        clerk = talaria.answering("clerk", MayTransfer.class, LiveBank::decide);
        for (int i = 0; i < accounts; i++) {
            Account actor = new Account(i, this);
            actors.add(actor);
            this.accounts.add(talaria.actor("account-" + i, () -> actor));
        }
    }

    /** The clerk's rule. */
    public static Allowed decide(MayTransfer query) {
        return new Allowed(query.cents() % 3 != 0, query.cents() * 0.01);
    }

    @Override
    public ActorRef<AccountMessage> account(int number) {
        return accounts.get(number);
    }

    @Override
    public ActorRef<MayTransfer> clerk() {
        return clerk;
    }

    /** A customer's errands, until there are as many; tells after each. */
    public void errands(long seed, int count, Consumer<Integer> after) {
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            ActorRef<AccountMessage> account = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(8)) {
                case 0 ->
                    account.tell(new Transfer(random.nextInt(accounts.size()), random.nextInt(1_000)))
                            .orThrow();
                case 1 ->
                    account.tellAll(List.of(new Deposit(1, "a"), new Deposit(2, null), new Deposit(3, "ccc")))
                            .orThrow();
                default ->
                    account.tell(new Deposit(random.nextInt(1_000), random.nextInt(3) == 0 ? null : "n" + i))
                            .orThrow();
            }
            if (random.nextInt(200) == 0) {
                account.call(new GetBalance(0));
            }
            after.accept(i);
        }
    }

    /** The accounts' states, by name. When the engine is quiet. */
    public Map<String, byte[]> snapshots() {
        Map<String, byte[]> all = new TreeMap<>();
        for (int i = 0; i < actors.size(); i++) {
            all.put("account-" + i, bytes(actors.get(i)));
        }
        return all;
    }

    private static byte[] bytes(Snapshot snapshot) {
        ByteBuffer buffer = ByteBuffer.allocate(256);
        snapshot.write(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
