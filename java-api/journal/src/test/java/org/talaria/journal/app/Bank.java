package org.talaria.journal.app;

import org.talaria.ActorRef;
import org.talaria.journal.app.BankMessages.AccountMessage;
import org.talaria.journal.app.BankMessages.MayTransfer;

/** Where accounts find each other: in a running engine, or in a replay. */
public interface Bank {
    /** An account by its number. */
    ActorRef<AccountMessage> account(int number);

    /** Who allows transfers. */
    ActorRef<MayTransfer> clerk();
}
