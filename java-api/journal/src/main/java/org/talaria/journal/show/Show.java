package org.talaria.journal.show;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.journal.read.EpochIndex;
import org.talaria.journal.read.HandlingOrder;
import org.talaria.journal.read.JournalIndex;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.Step;

/** Shows the messages of a journal in the order handled, decoded without their classes. Not thread-safe. */
public final class Show {
    private final JournalIndex index;

    private Show(JournalIndex index) {
        this.index = index;
    }

    /**
     * Reads a journal's index.
     *
     * @throws TalariaException if the folder is no journal, or one of another version
     */
    public static Show of(Path journal) {
        return new Show(JournalIndex.of(journal));
    }

    /** The journal's index. */
    public JournalIndex index() {
        return index;
    }

    /**
     * Gives each message that the filter lets through.
     *
     * @param sink returns false to stop
     * @return how many were given
     */
    public long each(Filter filter, Predicate<Shown> sink) {
        long given = 0;
        for (EpochIndex epoch : index.epochs()) {
            if (filter.epoch() == 0 || filter.epoch() == epoch.info().epoch()) {
                Describer describer = new Describer(epoch);
                try (HandlingOrder order = HandlingOrder.of(index, epoch)) {
                    Step step = order.next();
                    while (step != null) {
                        Shown shown = filter.controls() || !step.record().isControl() ? describer.describe(step) : null;
                        if (shown != null && filter.accepts(shown)) {
                            given++;
                            if (!sink.test(shown)) {
                                return given;
                            }
                        }
                        step = order.next();
                    }
                }
            }
        }
        return given;
    }

    /**
     * The chain of causes of a message: itself, the message whose handling sent it, and so on to one that a thread sent.
     *
     * @param id of a record: sender in bits 32–63, sequence in bits 0–31
     * @param epoch the engine's run, 0 for the last one
     * @throws TalariaException if the journal has no such record
     */
    public List<Shown> causesOf(long id, int epoch) {
        EpochIndex in = epoch == 0 ? index.last() : index.epoch(epoch);
        Deque<Long> chain = chain(in, id);
        Map<Long, Shown> found = new HashMap<>();
        Describer describer = new Describer(in);
        try (HandlingOrder order = HandlingOrder.of(index, in)) {
            Step step = order.next();
            while (step != null && found.size() < chain.size()) {
                long at = step.record().id();
                if (chain.contains(at)) {
                    found.put(at, describer.describe(step));
                }
                step = order.next();
            }
        }
        List<Shown> shown = new ArrayList<>();
        for (long link : chain) {
            @Nullable Shown message = found.get(link);
            if (message != null) {
                shown.add(message);
            }
        }
        return shown;
    }

    private Deque<Long> chain(EpochIndex in, long id) {
        Long2LongHashMap causes = new Long2LongHashMap(0);
        boolean there = false;
        try (HandlingOrder order = HandlingOrder.of(index, in)) {
            Step step = order.next();
            // Causes come before their effects: what stands behind the message cannot be one of its causes.
            while (step != null && !there) {
                RecordView record = step.record();
                there = record.id() == id;
                if (record.cause() != 0) {
                    causes.put(record.id(), record.cause());
                }
                step = there ? null : order.next();
            }
        }
        if (!there) {
            throw new TalariaException("epoch " + in.info().epoch() + " of the journal has no record "
                    + RecordView.id(id) + ": give an id as show prints it, sender:sequence");
        }
        Deque<Long> chain = new ArrayDeque<>();
        for (long link = id; link != 0 && !chain.contains(link); link = causes.get(link)) {
            chain.addLast(link);
        }
        return chain;
    }

    /** Reads an id as {@link Shown#line} prints it. @throws TalariaException if it is none */
    public static long parseId(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return (long) Integer.parseInt(parts[0]) << 32 | Integer.parseInt(parts[1]) & 0xFFFFFFFFL;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new TalariaException("\"" + text + "\" is no record id: give sender:sequence, such as 12:3456");
    }
}
