package org.talaria.internal.settings;

/** What a setting belongs to, and where it is set. */
public enum Scope {
    /** All of an engine. */
    ENGINE("Engine", "", "TalariaConfig", "TalariaConfig.config().workers(2)"),
    /** Shards set apart. */
    GROUP("Shard group", "group ", "ShardGroup", "config().group(ShardGroup.named(\"io\").shards(4))"),
    /** An endpoint. */
    ENDPOINT("Endpoint", "", "ActorOptions", "talaria.with(ActorOptions.options().dedicated())"),
    /** An endpoint's mailbox. */
    MAILBOX("Mailbox", "mailbox ", "Mailbox", "options().mailbox(Mailbox.bounded(1_000, FAIL))"),
    /** How a thread waits. */
    IDLE("Idle strategy", "", "IdleStrategy", "config().idle(IdleStrategy.backoff(200, 50, ofMillis(100)))"),
    /** A journal. */
    JOURNAL("Journal", "", "Journal", "config().journal(Journal.at(folder).sync(true))");

    private final String title;
    private final String prefix;
    private final String type;
    private final String example;

    Scope(String title, String prefix, String type, String example) {
        this.title = title;
        this.prefix = prefix;
        this.type = type;
        this.example = example;
    }

    /** A heading. */
    public String title() {
        return title;
    }

    /** What an error's text says in front of a setting's name; may be empty. */
    String prefix() {
        return prefix;
    }

    /** Simple name of the class with the setters. */
    public String type() {
        return type;
    }

    /** How a value of it is given. */
    public String example() {
        return example;
    }
}
