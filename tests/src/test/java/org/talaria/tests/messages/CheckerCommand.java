package org.talaria.tests.messages;

/** What may be told to a checker, a C++ handler. */
public sealed interface CheckerCommand permits Check, HowMany {}
