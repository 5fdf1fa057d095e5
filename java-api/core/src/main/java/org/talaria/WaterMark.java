package org.talaria;

/**
 * A lane of a shard filled up to its high water mark, or emptied to its low one; see {@link TalariaConfig#waterMarks}.
 *
 * @param shard the shard; those of groups, dedicated endpoints and receivers are numbered behind the engine's own
 * @param priority of the lane: of several that share it the lowest, but NORMAL where that is among them
 * @param high whether it filled; false: it emptied
 * @param waitingBytes what takes room in its ring, at that look, and what waits in its overflow
 * @param capacityBytes capacity of its ring
 */
public record WaterMark(int shard, Priority priority, boolean high, long waitingBytes, long capacityBytes) {}
