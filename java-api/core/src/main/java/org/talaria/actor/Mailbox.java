package org.talaria.actor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.talaria.BackPressure;
import org.talaria.Priority;
import org.talaria.internal.settings.Setting;

/**
 * How many messages may wait for an actor, and what a send does when they do. Immutable.
 *
 * @param capacity messages, 1 … 1,024 Mi; 0 = unbounded (its shard's ring is the bound)
 * @param policy what a send does when the mailbox or its ring is full; null = the engine's
 * @param policies the same for messages of some priorities
 */
public record Mailbox(int capacity, @Nullable BackPressure policy, Map<Priority, BackPressure> policies) {
    private static final int UNLIMITED = Setting.MAILBOX_CAPACITY.presetInt();
    private static final Mailbox UNBOUNDED = new Mailbox(UNLIMITED, null);

    /** One policy for all priorities. */
    public Mailbox(int capacity, @Nullable BackPressure policy) {
        this(capacity, policy, Map.of());
    }

    /** Checks the range. */
    public Mailbox {
        if (capacity != UNLIMITED) {
            Setting.MAILBOX_CAPACITY.in(capacity);
        }
        policies = Map.copyOf(policies);
    }

    /** At most {@code capacity} messages, 1 … 1,024 Mi. */
    public static Mailbox bounded(int capacity, BackPressure policy) {
        return new Mailbox(Setting.MAILBOX_CAPACITY.in(capacity), Setting.MAILBOX_POLICY.given(policy));
    }

    /** At most {@code capacity} messages, 1 … 1,024 Mi; the more urgent a send, the harder it tries: CRITICAL and HIGH wait, NORMAL fails, LOW is dropped. */
    public static Mailbox byPriority(int capacity) {
        return bounded(capacity, BackPressure.BLOCK)
                .at(Priority.NORMAL, BackPressure.FAIL)
                .at(Priority.LOW, BackPressure.DROP_NEWEST);
    }

    /** Bounded by its shard's ring only. */
    public static Mailbox unbounded() {
        return UNBOUNDED;
    }

    /** With another policy for messages of a priority. */
    public Mailbox at(Priority priority, BackPressure with) {
        Map<Priority, BackPressure> all = new EnumMap<>(Priority.class);
        all.putAll(policies);
        all.put(Objects.requireNonNull(priority, "priority"), Setting.MAILBOX_AT.given(with));
        return new Mailbox(capacity, policy, all);
    }

    /** What a send of a priority does when there is no room; null = as the engine says. */
    public @Nullable BackPressure policyAt(Priority priority) {
        BackPressure own = policies.get(priority);
        return own != null ? own : policy;
    }
}
