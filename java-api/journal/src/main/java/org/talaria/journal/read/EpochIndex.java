package org.talaria.journal.read;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.TurnLogDescriptor;

/**
 * Where everything of one epoch lies: blocks, turns, dead letters, refusals, replies. Some 50 bytes a block and 40 a turn. Built by {@link JournalIndex}; then
 * immutable.
 */
public final class EpochIndex {
    static final int TURN_FROM = 0;
    static final int TURN_TO = 1;
    static final int TURN_TIME = 2;
    static final int TURN_NUMBER = 3;
    static final int TURN_WORKER = 4;
    static final int BLOCK_FROM = 0;
    static final int BLOCK_TO = 1;
    static final int BLOCK_SEGMENT = 2;
    static final int BLOCK_OFFSET = 3;
    static final int BLOCK_BYTES = 4;

    /**
     * A handler's send that was not accepted.
     *
     * @param ordinal which of the handling's sends
     * @param outcome code of {@code docs/layout.md}
     * @param target row of whom it was sent to
     * @param generation of whom it was sent to
     * @param schemaId of what was sent
     */
    public record Refusal(int ordinal, int outcome, int target, int generation, int schemaId) {}

    /**
     * A reply to a waiting thread.
     *
     * @param correlation of the request
     * @param schemaId of the reply
     * @param lengthBytes of the reply
     * @param hash of its bytes: {@link Hash#of}
     */
    public record Reply(long correlation, int schemaId, int lengthBytes, long hash) {}

    /**
     * That an endpoint has moved, as a turn log says it.
     *
     * @param index row
     * @param generation which endpoint of the row
     * @param from shard it lived on
     * @param to shard it lives on now
     * @param fromTurn turns of the one up to this handled what it was sent before
     * @param toTurn turns of the other behind this handle what it is sent now
     */
    public record Moved(int index, int generation, int from, int to, long fromTurn, long toTurn) {}

    private final EpochInfo info;
    private final Directory directory;
    private final LongTable[] blocks;
    private final LongTable[] turns;
    private final Long2LongHashMap[] dead;
    private final List<Long2ObjectHashMap<List<Refusal>>> refusals = new ArrayList<>();
    private final Long2ObjectHashMap<List<Reply>> replies = new Long2ObjectHashMap<>();
    private final List<Moved> moved = new ArrayList<>();
    private long messages;
    private boolean ended;

    EpochIndex(EpochInfo info, Directory directory) {
        this.info = info;
        this.directory = directory;
        blocks = new LongTable[info.shards()];
        turns = new LongTable[info.shards()];
        dead = new Long2LongHashMap[info.shards()];
        for (int s = 0; s < info.shards(); s++) {
            blocks[s] = new LongTable(5);
            turns[s] = new LongTable(5);
            dead[s] = new Long2LongHashMap(0);
            refusals.add(new Long2ObjectHashMap<>());
        }
    }

    void addBlock(Excerpt block, int records) {
        blocks[block.shard()].add(block.from(), block.to(), block.segment(), block.fileOffset(), block.bodyBytes());
        messages += records;
    }

    void add(TurnCursor entry) {
        switch (entry.type()) {
            case TurnLogDescriptor.TURN ->
                turns[entry.intAt(TurnLogDescriptor.TURN_SHARD)].add(
                        entry.longAt(TurnLogDescriptor.TURN_FROM),
                        entry.longAt(TurnLogDescriptor.TURN_TO),
                        entry.longAt(TurnLogDescriptor.TURN_TIME_NS),
                        entry.longAt(TurnLogDescriptor.TURN_NUMBER),
                        entry.intAt(TurnLogDescriptor.TURN_WORKER));
            case TurnLogDescriptor.DEAD ->
                dead[entry.intAt(TurnLogDescriptor.DEAD_SHARD)].put(
                        entry.longAt(TurnLogDescriptor.DEAD_POSITION), entry.intAt(TurnLogDescriptor.DEAD_REASON));
            case TurnLogDescriptor.OUTCOME ->
                refusals.get(entry.intAt(TurnLogDescriptor.OUTCOME_SHARD))
                        .computeIfAbsent(
                                entry.longAt(TurnLogDescriptor.OUTCOME_CAUSE_POSITION), position -> new ArrayList<>())
                        .add(new Refusal(
                                entry.intAt(TurnLogDescriptor.OUTCOME_ORDINAL),
                                entry.intAt(TurnLogDescriptor.OUTCOME_CODE),
                                entry.intAt(TurnLogDescriptor.OUTCOME_TARGET),
                                entry.intAt(TurnLogDescriptor.OUTCOME_GENERATION),
                                entry.intAt(TurnLogDescriptor.OUTCOME_SCHEMA_ID)));
            case TurnLogDescriptor.REPLY ->
                replies.computeIfAbsent(entry.longAt(TurnLogDescriptor.REPLY_CAUSE), cause -> new ArrayList<>())
                        .add(reply(entry));
            case TurnLogDescriptor.MOVED -> moved.add(moved(entry));
            default -> {
                // A later version's: nothing that a reader of today could use.
            }
        }
    }

    /** What an entry of type MOVED says. */
    public static Moved moved(TurnCursor entry) {
        return new Moved(
                entry.intAt(TurnLogDescriptor.MOVED_ENDPOINT),
                entry.intAt(TurnLogDescriptor.MOVED_GENERATION),
                entry.intAt(TurnLogDescriptor.MOVED_FROM),
                entry.intAt(TurnLogDescriptor.MOVED_TO),
                entry.longAt(TurnLogDescriptor.MOVED_FROM_TURN),
                entry.longAt(TurnLogDescriptor.MOVED_TO_TURN));
    }

    private static Reply reply(TurnCursor entry) {
        int length = Math.min(
                entry.intAt(TurnLogDescriptor.REPLY_LENGTH), entry.payloadBytes() - TurnLogDescriptor.REPLY_BYTES);
        return new Reply(
                entry.longAt(TurnLogDescriptor.REPLY_CORRELATION),
                entry.intAt(TurnLogDescriptor.REPLY_SCHEMA_ID),
                length,
                Hash.of(entry.payload() + TurnLogDescriptor.REPLY_BYTES, length));
    }

    void finish(boolean complete) {
        ended = complete;
        for (int s = 0; s < blocks.length; s++) {
            blocks[s].sort();
            turns[s].sort();
        }
    }

    LongTable blocks(int shard) {
        return blocks[shard];
    }

    LongTable turns(int shard) {
        return turns[shard];
    }

    /** Why the record at a position became a dead letter; 0 if it was handled. */
    public int deadReason(int shard, long position) {
        return (int) dead[shard].get(position);
    }

    /** What was refused of the sends of the handler of the record at a position. */
    public List<Refusal> refusals(int shard, long position) {
        @Nullable List<Refusal> found = refusals.get(shard).get(position);
        return found == null ? List.of() : found;
    }

    /** The replies to waiting threads that the handler of a record sent. */
    public List<Reply> replies(long recordId) {
        @Nullable List<Reply> found = replies.get(recordId);
        return found == null ? List.of() : found;
    }

    /** The moves that turn logs tell of, log by log. */
    List<Moved> moved() {
        return moved;
    }

    /** The shards where an endpoint lived, one after the other; one shard if it never moved. Behind a retention's deletions the first is where it was then. */
    public List<Integer> shardsOf(EndpointInfo endpoint) {
        Stays stays = directory.stays(endpoint.index(), endpoint.generation());
        if (stays == null) {
            return List.of(endpoint.shard());
        }
        List<Integer> shards = new ArrayList<>(List.of(stays.firstShard()));
        List<Stays.Move> moves = stays.moves();
        for (int i = 0; i < moves.size(); i++) {
            Stays.Move move = moves.get(i);
            boolean last = i == moves.size() - 1;
            if (last ? count(endpoint, move) > count(stays, move) : stays.happened(i)) {
                shards.add(move.to());
            }
        }
        return List.copyOf(shards);
    }

    private long count(EndpointInfo endpoint, Stays.Move like) {
        return moved.stream()
                .filter(fact -> fact.index() == endpoint.index() && fact.generation() == endpoint.generation())
                .filter(fact -> fact.from() == like.from() && fact.to() == like.to())
                .count();
    }

    private static long count(Stays stays, Stays.Move like) {
        List<Stays.Move> moves = stays.moves();
        return java.util.stream.IntStream.range(0, moves.size())
                .filter(i -> stays.happened(i)
                        && moves.get(i).from() == like.from()
                        && moves.get(i).to() == like.to())
                .count();
    }

    /** The epoch. */
    public EpochInfo info() {
        return info;
    }

    /** What its records refer to. */
    public Directory directory() {
        return directory;
    }

    /** Records in it. */
    public long records() {
        return messages;
    }

    /** Whether its engine closed in order. */
    public boolean ended() {
        return ended;
    }
}
