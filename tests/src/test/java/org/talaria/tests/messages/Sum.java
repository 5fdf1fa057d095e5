package org.talaria.tests.messages;

import org.talaria.message.Message;

/** Answers {@link Add}. */
@Message
public record Sum(double value) {}
