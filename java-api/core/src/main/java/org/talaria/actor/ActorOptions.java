package org.talaria.actor;

/** What an actor is made with. Immutable: share one between actors. */
public final class ActorOptions {
    private static final ActorOptions DEFAULTS = new ActorOptions(Mailbox.unbounded(), Placement.ROUND_ROBIN, 0);

    private final Mailbox mailbox;
    private final Placement placement;
    private final int shard;

    private ActorOptions(Mailbox mailbox, Placement placement, int shard) {
        this.mailbox = mailbox;
        this.placement = placement;
        this.shard = shard;
    }

    /** Where an endpoint is put. */
    public enum Placement {
        /** The next shard in turn. */
        ROUND_ROBIN,
        /** The shard of {@link ActorOptions#shard}. */
        EXPLICIT
    }

    /** The defaults: an unbounded mailbox (bounded by its shard's ring), placed round robin; children beside their parent. */
    public static ActorOptions options() {
        return DEFAULTS;
    }

    /** With a mailbox. */
    public ActorOptions mailbox(Mailbox mailbox) {
        return new ActorOptions(mailbox, placement, shard);
    }

    /** On a given shard, 0 … shards − 1: actors of one shard never run at the same time. */
    public ActorOptions onShard(int shard) {
        if (shard < 0) {
            throw new IllegalArgumentException("shard " + shard + " is negative: give 0 or more");
        }
        return new ActorOptions(mailbox, Placement.EXPLICIT, shard);
    }

    /** The mailbox. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** How the shard is chosen. */
    public Placement placement() {
        return placement;
    }

    /** The shard, where the placement is explicit. */
    public int shard() {
        return shard;
    }
}
