package org.talaria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.BufferUtil;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.internal.memory.RingDescriptor;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.read.Excerpt;
import org.talaria.journal.read.JournalReader;
import org.talaria.journal.store.ChronicleStore;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.store.ExcerptHeader;

/** Takes a healthy journal apart, lets a test change it, and writes it anew with right checksums: so that only the meaning is wrong. */
final class JournalForge {
    /** An excerpt as it will be written. */
    static final class Item {
        int kind;
        int epoch;
        int shard;
        long from;
        long to;
        ByteBuffer body;
    }

    /** A record inside a block. */
    record Record(Item block, int offset, long position) {
        int length() {
            return block.body.getInt(offset);
        }

        int type() {
            return block.body.getInt(offset + RecordDescriptor.TYPE_OFFSET);
        }

        int target() {
            return block.body.getInt(offset + RecordDescriptor.TARGET_OFFSET);
        }

        int generation() {
            return block.body.getShort(offset + RecordDescriptor.GENERATION_OFFSET) & 0xFFFF;
        }

        int sender() {
            return block.body.getInt(offset + RecordDescriptor.SENDER_OFFSET);
        }

        long id() {
            return (long) sender() << 32 | block.body.getInt(offset + RecordDescriptor.SEQUENCE_OFFSET) & 0xFFFFFFFFL;
        }

        int shard() {
            return block.shard;
        }

        boolean hasCause() {
            return (block.body.getShort(offset + RecordDescriptor.FLAGS_OFFSET) & RecordDescriptor.FLAG_CAUSE) != 0;
        }

        void cause(long id) {
            block.body.putLong(offset + RecordDescriptor.HEADER_BYTES, id);
        }

        void generation(int generation) {
            block.body.putShort(offset + RecordDescriptor.GENERATION_OFFSET, (short) generation);
        }

        void target(int index, int generation) {
            block.body.putInt(offset + RecordDescriptor.TARGET_OFFSET, index);
            generation(generation);
        }

        byte[] bytes() {
            byte[] bytes = new byte[length()];
            block.body.get(offset, bytes);
            return bytes;
        }

        void bytes(byte[] bytes) {
            block.body.put(offset, bytes);
        }

        void drop() {
            block.body.putInt(offset + RecordDescriptor.TYPE_OFFSET, RingDescriptor.PADDING_TYPE);
        }
    }

    /** A TURN entry inside an excerpt of turns. */
    record Turn(Item item, int offset) {
        long get(int field) {
            return item.body.getLong(offset + 8 + field);
        }

        void put(int field, long value) {
            item.body.putLong(offset + 8 + field, value);
        }

        int shard() {
            return item.body.getInt(offset + 8 + TurnLogDescriptor.TURN_SHARD);
        }
    }

    /** A MOVED entry inside an excerpt of turns. */
    record Move(Item item, int offset) {
        void put(int field, int value) {
            item.body.putInt(offset + 8 + field, value);
        }

        void putLong(int field, long value) {
            item.body.putLong(offset + 8 + field, value);
        }

        void addTo(int field, long more) {
            putLong(field, item.body.getLong(offset + 8 + field) + more);
        }

        void drop() {
            item.body.putInt(offset + 4, RingDescriptor.PADDING_TYPE);
        }
    }

    final List<Item> items = new ArrayList<>();

    private JournalForge() {}

    static JournalForge of(Path journal) {
        JournalForge forge = new JournalForge();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Excerpt excerpt = reader.next(); excerpt != null; excerpt = reader.next()) {
                Item item = new Item();
                item.kind = excerpt.kind();
                item.epoch = excerpt.epoch();
                item.shard = excerpt.shard();
                item.from = excerpt.from();
                item.to = excerpt.to();
                item.body = ByteBuffer.allocate(excerpt.bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
                Mem.copyToArray(excerpt.body(), item.body.array(), 0, excerpt.bodyBytes());
                forge.items.add(item);
            }
        }
        return forge;
    }

    List<Record> records() {
        List<Record> records = new ArrayList<>();
        for (Item item : items) {
            int offset = 0;
            while (item.kind == ExcerptDescriptor.BLOCK && offset < item.body.capacity()) {
                Record record = new Record(item, offset, item.from + offset);
                if (record.type() != RingDescriptor.PADDING_TYPE) {
                    records.add(record);
                }
                offset += RingDescriptor.align8(record.length());
            }
        }
        return records;
    }

    List<Turn> turns() {
        return entries(TurnLogDescriptor.TURN, Turn::new);
    }

    List<Move> moves() {
        return entries(TurnLogDescriptor.MOVED, Move::new);
    }

    private <T> List<T> entries(int type, java.util.function.BiFunction<Item, Integer, T> of) {
        List<T> entries = new ArrayList<>();
        for (Item item : items) {
            int offset = 0;
            while (item.kind == ExcerptDescriptor.TURNS && offset < item.body.capacity()) {
                if (item.body.getInt(offset + 4) == type) {
                    entries.add(of.apply(item, offset));
                }
                offset += RingDescriptor.align8(item.body.getInt(offset));
            }
        }
        return entries;
    }

    /** Two different records for which a condition holds; the first such pair. */
    static Record[] pair(List<Record> records, java.util.function.BiPredicate<Record, Record> condition) {
        for (int i = 20; i < records.size(); i++) {
            for (int j = i + 1; j < records.size(); j++) {
                if (condition.test(records.get(i), records.get(j))) {
                    return new Record[] {records.get(i), records.get(j)};
                }
            }
        }
        throw new IllegalStateException("the journal has no such pair");
    }

    static Record find(List<Record> records, Predicate<Record> condition) {
        return records.stream().skip(50).filter(condition).findFirst().orElseThrow();
    }

    void write(Path journal) throws IOException {
        ExcerptHeader header = new ExcerptHeader();
        boolean first = true;
        try (ChronicleStore store = ChronicleStore.open(journal, 0, 1 << 20, 1 << 20)) {
            for (Item item : items) {
                if (item.kind == ExcerptDescriptor.START && !first) {
                    if (item.body.getLong(Integer.BYTES + Integer.BYTES) >= 0) {
                        item.body.putLong(Integer.BYTES + Integer.BYTES, store.excerpts());
                    }
                    store.roll();
                }
                first = false;
                ByteBuffer direct = BufferUtil.allocateDirectAligned(item.body.capacity() + 8, 64);
                direct.put(0, item.body.array(), 0, item.body.capacity());
                store.append(
                        header.of(item.kind, item.epoch, item.shard, item.from, item.to),
                        BufferUtil.address(direct),
                        item.body.capacity());
            }
        }
    }
}
