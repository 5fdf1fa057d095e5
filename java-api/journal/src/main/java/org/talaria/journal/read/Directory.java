package org.talaria.journal.read;

import java.util.Collection;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.memory.LanePlan;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.Unpacker;
import org.talaria.message.Schema;

/** What an epoch's records refer to, as far as it was read: endpoints, senders, schemas. Not thread-safe. */
public final class Directory {
    private final Long2ObjectHashMap<EndpointInfo> endpoints = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Stays> stays = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<SenderInfo> senders = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Schema> schemas = new Int2ObjectHashMap<>();

    Directory() {}

    void read(Excerpt excerpt) {
        Unpacker body = new Unpacker(excerpt.body(), excerpt.bodyBytes());
        while (body.hasMore()) {
            if (excerpt.kind() == ExcerptDescriptor.SCHEMAS) {
                readSchema(body);
            } else {
                readEntry(body);
            }
        }
    }

    private void readSchema(Unpacker body) {
        int id = body.getInt();
        int fixedLength = body.getInt();
        boolean variable = body.getInt() != 0;
        schemas.put(id, new Schema(id, body.getString(), body.getString(), fixedLength, variable));
    }

    private void readEntry(Unpacker body) {
        int tag = body.getInt();
        if (tag == EntryTag.ENDPOINT) {
            readEndpoint(body);
        } else if (tag == EntryTag.SENDER) {
            put(new SenderInfo(body.getInt(), 0, body.getInt(), body.getInt(), body.getString()));
        } else if (tag == EntryTag.SUCCEEDS) {
            put(new SenderInfo(body.getInt(), body.getInt(), body.getInt(), body.getInt(), body.getString()));
        } else if (tag == EntryTag.MOVES) {
            readMove(body);
        } else if (tag != EntryTag.STOPPED) {
            throw new TalariaException("the journal has an entry with tag " + tag
                    + ", which this version of Talaria does not know: use the version that wrote it");
        } else {
            // STOPPED: what an endpoint was stays known, its last messages may follow.
            body.getInt();
            body.getInt();
        }
    }

    private void readMove(Unpacker body) {
        Stays of = stays.computeIfAbsent(key(body.getInt(), body.getInt()), key -> new Stays());
        Stays.Move move = new Stays.Move(body.getInt(), body.getInt(), body.getInt());
        long[] begins = new long[LanePlan.PRIORITIES];
        for (int priority = 0; priority < begins.length; priority++) {
            begins[priority] = body.getLong();
        }
        of.add(move, begins);
    }

    private void put(SenderInfo sender) {
        senders.put(sender.senderId(), sender);
    }

    private void readEndpoint(Unpacker body) {
        int index = body.getInt();
        int generation = body.getInt();
        int shard = body.getInt();
        int kind = body.getInt();
        int senderId = body.getInt();
        boolean unjournaled = body.getInt() != 0;
        EndpointInfo endpoint = new EndpointInfo(
                index,
                generation,
                shard,
                kind,
                senderId,
                body.getString(),
                body.getString(),
                body.getString(),
                body.getString(),
                body.getString(),
                unjournaled);
        endpoints.put(key(index, generation), endpoint);
        if (senderId != 0) {
            put(new SenderInfo(senderId, 0, index, generation, endpoint.name()));
        }
    }

    private static long key(int index, int generation) {
        return (long) index << 16 | generation & 0xFFFF;
    }

    /** An endpoint; null if none was made with this address. */
    public @Nullable EndpointInfo endpoint(int index, int generation) {
        return endpoints.get(key(index, generation));
    }

    /** Where an endpoint lived one time after the other; null if it was never moved. */
    public @Nullable Stays stays(int index, int generation) {
        return stays.isEmpty() ? null : stays.get(key(index, generation));
    }

    /** All endpoints that were made. */
    public Collection<EndpointInfo> endpoints() {
        return endpoints.values();
    }

    /** Who a sender id belongs to; null if that was never said. */
    public @Nullable SenderInfo sender(int senderId) {
        return senders.get(senderId);
    }

    /** All senders. */
    public Collection<SenderInfo> senders() {
        return senders.values();
    }

    /** A schema by its id; null if none was registered with it. */
    public @Nullable Schema schema(int id) {
        return schemas.get(id);
    }

    /** All schemas. */
    public Collection<Schema> schemas() {
        return schemas.values();
    }
}
