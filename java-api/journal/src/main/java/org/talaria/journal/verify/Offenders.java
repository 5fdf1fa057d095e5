package org.talaria.journal.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.talaria.journal.read.RecordView;

/** Collects the first offenders and counts the rest. */
final class Offenders {
    private final int most;
    private final List<Offender> first = new ArrayList<>();
    private long count;

    Offenders(int most) {
        this.most = most;
    }

    void add(Offender.Check check, int epoch, int shard, long position, long id, Supplier<String> text) {
        count++;
        if (first.size() < most) {
            first.add(new Offender(check, epoch, shard, position, id, text.get()));
        }
    }

    void add(Offender.Check check, int epoch, RecordView record, Supplier<String> text) {
        add(check, epoch, record.shard(), record.position(), record.id(), text);
    }

    void add(Offender.Check check, int epoch, String text) {
        add(check, epoch, -1, -1, 0, () -> text);
    }

    List<Offender> first() {
        return List.copyOf(first);
    }

    long count() {
        return count;
    }
}
