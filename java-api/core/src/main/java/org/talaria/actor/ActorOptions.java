package org.talaria.actor;

import org.talaria.internal.settings.Setting;

/** What an actor is made with. Immutable: share one between actors. */
public final class ActorOptions {
    private static final ActorOptions DEFAULTS =
            new ActorOptions(Mailbox.unbounded(), Setting.PLACED.preset(Placement.class), 0, "");

    private final Mailbox mailbox;
    private final Placement placement;
    private final int shard;
    private final String group;

    private ActorOptions(Mailbox mailbox, Placement placement, int shard, String group) {
        this.mailbox = mailbox;
        this.placement = placement;
        this.shard = shard;
        this.group = group;
    }

    /** Where an endpoint is put. */
    public enum Placement {
        /** The next shard in turn; of children their parent's. */
        ROUND_ROBIN,
        /** The shard of {@link ActorOptions#shard}. */
        EXPLICIT,
        /** Of children their parent's: what talks to each other stays together. Others as ROUND_ROBIN. */
        BESIDE_PARENT,
        /** By the name: the same in each run with as many shards. */
        HASH,
        /** The shard with the least to do lately; of several the one with the fewest endpoints. */
        LEAST_LOADED,
        /** A shard of its own, which nothing else delays: one of {@link org.talaria.TalariaConfig#dedicatedShards}. */
        DEDICATED
    }

    /** The defaults: an unbounded mailbox (bounded by its shard's ring), placed round robin; children beside their parent. */
    public static ActorOptions options() {
        return DEFAULTS;
    }

    /** With a mailbox. */
    public ActorOptions mailbox(Mailbox mailbox) {
        return new ActorOptions(Setting.MAILBOX.given(mailbox), placement, shard, group);
    }

    /** On a given shard, 0 … 1,023 and less than the engine has: actors of one shard never run at the same time. */
    public ActorOptions onShard(int shard) {
        return new ActorOptions(mailbox, Placement.EXPLICIT, Setting.ON_SHARD.in(shard), "");
    }

    /** In a shard group, on its shards in turn unless {@link #placed} says otherwise. */
    public ActorOptions in(String shardGroup) {
        return new ActorOptions(mailbox, placement, shard, Setting.IN_GROUP.given(shardGroup));
    }

    /** Put where this says; default ROUND_ROBIN. EXPLICIT needs {@link #onShard}. */
    public ActorOptions placed(Placement how) {
        if (Setting.PLACED.given(how) == Placement.EXPLICIT) {
            throw new IllegalArgumentException("an explicit placement names its shard: use onShard(…)");
        }
        return new ActorOptions(mailbox, how, 0, how == Placement.DEDICATED ? "" : group);
    }

    /** On a shard of its own; see {@link Placement#DEDICATED}. */
    public ActorOptions dedicated() {
        return placed(Placement.DEDICATED);
    }

    /** The mailbox. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** How the shard is chosen. */
    public Placement placement() {
        return placement;
    }

    /** The shard group; empty: the engine's own shards. */
    public String group() {
        return group;
    }

    /** The shard, where the placement is explicit. */
    public int shard() {
        return shard;
    }
}
