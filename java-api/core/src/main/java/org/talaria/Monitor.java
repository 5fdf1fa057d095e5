package org.talaria;

/**
 * What an engine does at this moment. Any thread, at any time: nothing is stopped or locked, so that figures which change while they are read may be a little apart. After
 * the close it tells what was known last. {@code docs/monitoring.md} says how the figures come about and what they are worth.
 */
public interface Monitor {
    /** All figures. Reading takes microseconds for each shard and each sampled endpoint. */
    EngineSnapshot snapshot();

    /** For people: who drains what and for how long, with the drainers' Java stacks, and what waits. */
    String dump();
}
