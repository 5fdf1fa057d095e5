package org.talaria.internal.engine;

/**
 * A thread and its sender: apart from the sender, because other threads look here while that one is written.
 *
 * @param thread that owns it
 * @param sender its sender
 */
record Owned(Thread thread, Sender sender) {}
