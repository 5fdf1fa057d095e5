package org.talaria.journal.app;

import org.jspecify.annotations.Nullable;
import org.talaria.message.Message;
import org.talaria.message.Request;

/** The messages of the tests' bank. */
public final class BankMessages {
    private BankMessages() {}

    /** What an account handles. */
    public sealed interface AccountMessage permits Deposit, Transfer, Receipt, GetBalance {}

    /** Money comes in. */
    @Message
    public record Deposit(long cents, @Nullable String note) implements AccountMessage {}

    /** Money goes to another account, in two messages. */
    @Message
    public record Transfer(int to, long cents) implements AccountMessage {}

    /** The clerk's word that a transfer was booked. */
    @Message
    public record Receipt(int to, long cents) implements AccountMessage {}

    /** A question. */
    @Message
    public record GetBalance(int unused) implements AccountMessage, Request<GetBalance, Balance> {}

    /** The answer. */
    @Message
    public record Balance(long cents) {}

    /** A question to the clerk. */
    @Message
    public record MayTransfer(int from, long cents) implements Request<MayTransfer, Allowed> {}

    /** The answer. */
    @Message
    public record Allowed(boolean allowed, double fee) {}
}
