package org.talaria;

import java.time.Duration;

/**
 * Messages that are sent later, or again and again, by the engine's clock. Never early: a message is sent at its deadline or behind it.
 *
 * <p>A timer's message is sent by one thread of the engine's own that is no worker (of an invoked engine: by who invokes), and is a message like any: in order with what that
 * thread sends, by (deadline, order of scheduling), journaled, a dead letter if nobody handles it. That thread never waits: where the endpoint is full its policy decides. With
 * {@link BackPressure#BLOCK} the message is tried again about every millisecond, in front of later ones to the same endpoint, until it is accepted; else it is refused, and
 * counted as any refusal.
 *
 * <p>A timer ends when its message was sent or it is cancelled, when its endpoint has stopped (counted as a refusal), and when the message throws while it is written (told as an
 * error). {@link Talaria#close} drops what is pending. The time that is asked for is at most 36,500 days.
 *
 * <p>{@link Talaria#timers()}: any thread. {@link org.talaria.actor.Context#timers()}: inside the handler only; its timers belong to the actor and are cancelled when that stops.
 */
public interface Timers {
    /**
     * Sends a message once, {@code delay} from now.
     *
     * @param delay zero to 36,500 days
     * @return the timer; not pending if the engine is closed
     * @throws IllegalArgumentException if the delay is out of range, or the reference is another engine's
     * @throws RefusedException if the message is too large
     */
    @CanIgnoreReturnValue
    <M> Timer once(Ref<M> to, M message, Duration delay);

    /**
     * Sends a message {@code first} from now and then once in each {@code period}, counted from the first: late messages do not make the later ones late.
     *
     * <p>Periods that have passed before their message could be sent (the machine slept, the endpoint was full) are skipped, and counted in {@link Timer#missed}: what is behind
     * anyway is not sent a burst of messages that all say the same.
     *
     * @param first zero to 36,500 days
     * @param period 1 µs to 36,500 days
     * @return the timer; not pending if the engine is closed
     * @throws IllegalArgumentException if a duration is out of range, or the reference is another engine's
     * @throws RefusedException if the message is too large
     */
    @CanIgnoreReturnValue
    <M> Timer fixedRate(Ref<M> to, M message, Duration first, Duration period);

    /**
     * Sends a message {@code first} from now, and then each {@code delay} after the last was handled, or became a dead letter; so no two of them are on their way. Where it is
     * refused the next follows the refusal. While a message is on its way it holds one of the engine's joins, see {@link TalariaConfig#joins(int)}: if all are in use it is
     * tried again about every millisecond.
     *
     * @param first zero to 36,500 days
     * @param delay 1 µs to 36,500 days
     * @return the timer; not pending if the engine is closed
     * @throws IllegalArgumentException if a duration is out of range, or the reference is another engine's
     * @throws RefusedException if the message is too large
     */
    @CanIgnoreReturnValue
    <M> Timer fixedDelay(Ref<M> to, M message, Duration first, Duration delay);
}
