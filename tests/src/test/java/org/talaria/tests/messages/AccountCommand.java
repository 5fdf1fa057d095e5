package org.talaria.tests.messages;

/** What may be told to an account. */
public sealed interface AccountCommand permits Deposit, Withdraw, GetBalance {}
