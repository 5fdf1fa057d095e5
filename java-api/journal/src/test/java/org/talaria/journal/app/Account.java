package org.talaria.journal.app;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.talaria.ActorRef;
import org.talaria.actor.Actor;
import org.talaria.actor.Context;
import org.talaria.actor.Receive;
import org.talaria.actor.Snapshot;
import org.talaria.journal.app.BankMessages.AccountMessage;
import org.talaria.journal.app.BankMessages.Balance;
import org.talaria.journal.app.BankMessages.Deposit;
import org.talaria.journal.app.BankMessages.GetBalance;
import org.talaria.journal.app.BankMessages.MayTransfer;
import org.talaria.journal.app.BankMessages.Receipt;
import org.talaria.journal.app.BankMessages.Transfer;

/** An account: its state depends on the order of its messages, on answers, and on the time of its turns. */
public final class Account extends Actor<AccountMessage> implements Snapshot {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int number;
    private final Bank bank;
    private long cents;
    private long orderHash;
    private long lastNs;
    private int starts;
    private double fees;

    /** An account of a bank. */
    public Account(int number, Bank bank) {
        this.number = number;
        this.bank = bank;
    }

    @Override
    protected void started() {
        starts++;
    }

    @Override
    protected Receive<AccountMessage> receive() {
        return on(Deposit.class, (deposit, context) -> {
                    book(deposit.cents(), context);
                    orderHash = orderHash * 31
                            + (deposit.note() == null ? 7 : deposit.note().hashCode());
                    if (deposit.cents() < 0) {
                        throw new IllegalArgumentException("a deposit of " + deposit.cents() + " cents");
                    }
                })
                .on(Transfer.class, this::transfer)
                .on(Receipt.class, (receipt, context) -> book(-receipt.cents(), context))
                .answer(GetBalance.class, query -> new Balance(cents));
    }

    private void book(long amount, Context context) {
        cents += amount;
        orderHash = orderHash * 31 + amount;
        lastNs = context.nowNs();
    }

    private void transfer(Transfer transfer, Context context) {
        ActorRef<AccountMessage> self = narrow(context);
        context.ask(bank.clerk(), new MayTransfer(number, transfer.cents()), PATIENCE, (answer, failure) -> {
            orderHash = orderHash * 31 + (failure == null ? 1 : 2);
            if (answer != null && answer.allowed()) {
                fees += answer.fee();
                bank.account(transfer.to())
                        .tell(new Deposit(transfer.cents(), "from " + number))
                        .orThrow();
                self.tell(new Receipt(transfer.to(), transfer.cents())).orThrow();
            }
        });
    }

    private ActorRef<AccountMessage> narrow(Context context) {
        orderHash = orderHash * 31 + context.messageId();
        return self();
    }

    /** What is on it. */
    public long cents() {
        return cents;
    }

    @Override
    public void write(ByteBuffer buffer) {
        buffer.putInt(number)
                .putLong(cents)
                .putLong(orderHash)
                .putLong(lastNs)
                .putInt(starts)
                .putDouble(fees);
    }
}
