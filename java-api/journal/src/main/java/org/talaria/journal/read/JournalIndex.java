package org.talaria.journal.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.journal.store.ExcerptDescriptor;

/** Where everything in a journal lies, by epoch. Immutable. */
public final class JournalIndex {
    private final Path path;
    private final List<EpochIndex> epochs;
    private final List<Damage> damages;

    private JournalIndex(Path path, List<EpochIndex> epochs, List<Damage> damages) {
        this.path = path;
        this.epochs = List.copyOf(epochs);
        this.damages = List.copyOf(damages);
    }

    /**
     * Reads a journal once and remembers where things lie.
     *
     * @throws TalariaException if the folder is no journal, or one of another version
     */
    public static JournalIndex of(Path path) {
        List<EpochIndex> epochs = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(path)) {
            Builder builder = new Builder(reader, epochs);
            Excerpt excerpt = reader.next();
            while (excerpt != null) {
                builder.accept(excerpt);
                excerpt = reader.next();
            }
            builder.finish();
            return new JournalIndex(path, epochs, reader.damages());
        }
    }

    private static final class Builder {
        private final JournalReader reader;
        private final List<EpochIndex> epochs;
        private final RecordCursor records = new RecordCursor();
        private final TurnCursor turns = new TurnCursor();
        private @Nullable EpochIndex current;
        private boolean ended;

        Builder(JournalReader reader, List<EpochIndex> epochs) {
            this.reader = reader;
            this.epochs = epochs;
        }

        void accept(Excerpt excerpt) {
            if (excerpt.kind() == ExcerptDescriptor.START
                    && (current == null || reader.epoch().begins())) {
                finish();
                ended = false;
                current = new EpochIndex(reader.epoch(), reader.directory());
                epochs.add(current);
            } else if (current != null) {
                add(current, excerpt);
            }
        }

        private void add(EpochIndex epoch, Excerpt excerpt) {
            switch (excerpt.kind()) {
                case ExcerptDescriptor.BLOCK -> epoch.addBlock(excerpt, count(excerpt));
                case ExcerptDescriptor.TURNS -> {
                    turns.wrap(excerpt);
                    while (turns.next()) {
                        epoch.add(turns);
                    }
                }
                case ExcerptDescriptor.END -> ended = true;
                default -> {
                    // The directory has it.
                }
            }
        }

        private int count(Excerpt block) {
            int count = 0;
            records.wrap(block);
            while (records.next() != null) {
                count++;
            }
            return count;
        }

        void finish() {
            if (current != null) {
                current.finish(ended);
            }
        }
    }

    /** The runs of engines, in order. */
    public List<EpochIndex> epochs() {
        return epochs;
    }

    /** The last run. @throws TalariaException if there is none */
    public EpochIndex last() {
        if (epochs.isEmpty()) {
            throw new TalariaException("the journal " + path + " is empty: nothing was written yet");
        }
        return epochs.get(epochs.size() - 1);
    }

    /** A run by its number. @throws TalariaException if it is not there */
    public EpochIndex epoch(int number) {
        return epochs.stream()
                .filter(epoch -> epoch.info().epoch() == number)
                .findFirst()
                .orElseThrow(() -> new TalariaException("the journal " + path + " has no epoch " + number + ": it has "
                        + epochs.stream().map(epoch -> epoch.info().epoch()).toList()));
    }

    /** Where reading stopped. */
    public List<Damage> damages() {
        return damages;
    }

    /** The folder. */
    public Path path() {
        return path;
    }
}
