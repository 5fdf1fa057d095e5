package org.talaria.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.talaria.internal.memory.TurnLogDescriptor;
import org.talaria.journal.JournalForge.Item;
import org.talaria.journal.JournalForge.Record;
import org.talaria.journal.JournalForge.Turn;
import org.talaria.journal.store.ExcerptDescriptor;
import org.talaria.journal.verify.Offender.Check;

/** The faults that a verification must refute, each seeded into a healthy journal whose checksums are then made anew (but for the flipped byte). */
public enum Fault {
    /** Two messages of one sender to one address, in each other's place. */
    SWAPPED(Check.ORDER) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Record[] pair = JournalForge.pair(
                    records,
                    (a, b) -> a.sender() == b.sender()
                            && a.target() == b.target()
                            && a.generation() == b.generation()
                            && a.length() == b.length()
                            && a.hasCause() == b.hasCause());
            byte[] first = pair[0].bytes();
            pair[0].bytes(pair[1].bytes());
            pair[1].bytes(first);
            // The later one, which now stands first, offends nobody; the earlier one comes too late.
            return record(pair[1]);
        }
    },
    /** A message is missing, and nothing but its sender's sequence tells. */
    DROPPED(Check.LOSS) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Record dropped = JournalForge.find(records, record -> record.sender() == 2);
            Seeded seeded = record(dropped);
            dropped.drop();
            return seeded;
        }
    },
    /** A message is there twice. */
    DUPLICATE(Check.DUPLICATE) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Record[] pair = JournalForge.pair(
                    records, (a, b) -> a.shard() == b.shard() && a.length() == b.length() && a.id() != b.id());
            pair[1].bytes(pair[0].bytes());
            return record(pair[1]);
        }
    },
    /** A turn of a shard begins before the one before has ended. */
    OVERLAPPING_TURNS(Check.TURNS) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Turn turn = forge.turns().get(30);
            turn.put(TurnLogDescriptor.TURN_FROM, turn.get(TurnLogDescriptor.TURN_FROM) - 32);
            return new Seeded(check(), 0, turn.shard(), turn.get(TurnLogDescriptor.TURN_FROM));
        }
    },
    /** A message was sent by the handling of one that was handled later. */
    EFFECT_BEFORE_CAUSE(Check.CAUSE) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Record effect = JournalForge.find(records, Record::hasCause);
            effect.cause(records.get(records.size() - 1).id());
            return record(effect);
        }
    },
    /** A block of a shard is missing. */
    GAP(Check.POSITIONS) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Item block = forge.items.stream()
                    .filter(item -> item.kind == ExcerptDescriptor.BLOCK && item.from > 0)
                    .findFirst()
                    .orElseThrow();
            forge.items.remove(block);
            return new Seeded(check(), 0, block.shard, block.to);
        }
    },
    /** One bit of a record in a file is another one. */
    FLIPPED_BYTE(Check.INTEGRITY) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            return record(JournalForge.find(records, record -> true));
        }

        @Override
        void inFile(JournalForge forge, Path journal) throws IOException {
            byte[] wanted = JournalForge.find(forge.records(), record -> true).bytes();
            try (Stream<Path> files = Files.walk(journal)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                    flip(file, wanted);
                }
            }
        }
    },
    /** A message lies on a shard where its receiver does not live. */
    WRONG_SHARD(Check.SHARD) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Record moved = JournalForge.find(records, record -> true);
            Record elsewhere = JournalForge.find(
                    records, record -> record.shard() != moved.shard() && record.target() != moved.target());
            moved.target(elsewhere.target(), elsewhere.generation());
            return record(moved);
        }
    },
    /** A message to somebody who never lived was handled. */
    UNKNOWN_GENERATION(Check.GENERATION) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            Record stale = JournalForge.find(records, record -> true);
            stale.generation(7);
            return record(stale);
        }
    },
    /** A message to somebody whose row was another's by then, as an earlier message on the same shard shows, was handled. */
    STALE_GENERATION(Check.GENERATION) {
        @Override
        Seeded into(JournalForge forge, List<Record> records) {
            // Rows whose first and second owner lived on one shard, with a message to the second behind another of that
            // kind.
            Set<Integer> before = new HashSet<>();
            Set<Integer> again = new HashSet<>();
            for (Record record : records) {
                int row = record.target() << 8 | record.shard();
                if (record.generation() == 1) {
                    before.add(row);
                } else if (before.contains(row) && !again.add(row)) {
                    record.generation(1);
                    return record(record);
                }
            }
            throw new IllegalStateException("no row was used again on its shard");
        }
    };

    private final Check check;

    Fault(Check check) {
        this.check = check;
    }

    /**
     * What a verification must name.
     *
     * @param check that fails
     * @param recordId of the first offender; 0 where a place offends
     * @param shard of the first offender
     * @param position of the first offender
     */
    public record Seeded(Check check, long recordId, int shard, long position) {}

    /** The check that finds it. */
    public Check check() {
        return check;
    }

    Seeded record(Record record) {
        return new Seeded(check, record.id(), record.shard(), record.position());
    }

    abstract Seeded into(JournalForge forge, List<Record> records);

    void inFile(JournalForge forge, Path journal) throws IOException {
        // Most faults are of the meaning.
    }

    /** Writes a healthy journal, in which endpoints were stopped and their rows used again. */
    public static void healthy(Path journal) {
        try (FakeEngine engine = new FakeEngine(Journal.at(journal), 42, 4, 2, 64 << 10)) {
            engine.spawn(12);
            for (int i = 0; i < 20; i++) {
                engine.run(200);
                engine.writer.flush();
                if (i == 8) {
                    engine.drain();
                    for (int row = 0; row < 12; row++) {
                        engine.replace(row);
                    }
                }
            }
            engine.drain();
        }
    }

    /** Writes a healthy journal anew, with this fault. */
    public Seeded seed(Path healthy, Path journal) throws IOException {
        JournalForge forge = JournalForge.of(healthy);
        Seeded seeded = into(forge, forge.records());
        forge.write(journal);
        inFile(forge, journal);
        return seeded;
    }

    private static void flip(Path path, byte[] wanted) throws IOException {
        byte[] all = Files.readAllBytes(path);
        for (int at = 0; at + wanted.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length)) {
                int last = at + wanted.length - 1;
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                    file.seek(last);
                    file.write(all[last] ^ 1);
                }
                return;
            }
        }
    }
}
