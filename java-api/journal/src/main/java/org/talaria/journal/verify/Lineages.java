package org.talaria.journal.verify;

import java.util.function.IntPredicate;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.verify.Offender.Check;

/**
 * Which sender ids are one sender's: an id whose sequence is used up is succeeded by a later one. The entry that says so stands before the first message of the later id, so
 * whose an id is can be asked with its first message, and never changes.
 */
final class Lineages {
    private static final int MOST = 0xFFFF;

    private final int epoch;
    private final Directory directory;
    private final Offenders offenders;
    /** Ids that succeed others, to the first id of their sender << 32 | how many came before; those that do not are not in it. */
    private final Long2LongHashMap successors = new Long2LongHashMap(0);

    Lineages(int epoch, Directory directory, Offenders offenders) {
        this.epoch = epoch;
        this.directory = directory;
        this.offenders = offenders;
    }

    /** A sender id is met for the first time. */
    void met(int sender) {
        long lineage = lineage(sender);
        if ((int) lineage != 0) {
            successors.put(sender, lineage);
        }
    }

    /** The first id of a sender that was met. */
    int first(int sender) {
        return (int) (known(sender) >> 32);
    }

    /** How many ids of the same sender came before, at most 65,535. */
    int before(int sender) {
        return (int) known(sender);
    }

    private long known(int sender) {
        long known = successors.isEmpty() ? 0 : successors.get(sender);
        return known == 0 ? (long) sender << 32 : known;
    }

    /** Ends, whatever the entries say: an id only counts as the successor of a smaller one. */
    private long lineage(int sender) {
        int id = sender;
        int before = 0;
        @Nullable SenderInfo info = directory.sender(id);
        while (info != null && info.isSuccessor() && isEarlier(info)) {
            id = info.succeeds();
            before++;
            info = directory.sender(id);
        }
        return (long) id << 32 | Math.min(before, MOST);
    }

    private static boolean isEarlier(SenderInfo info) {
        return 0 < info.succeeds() && info.succeeds() < info.senderId();
    }

    /** The id of the same sender before which so many came, for what a person is told; as near as what was said of successions leads. */
    int id(int sender, int before) {
        int id = sender;
        int heir = heir(id);
        while (before(id) < before && heir != 0) {
            id = heir;
            heir = heir(id);
        }
        return id;
    }

    /** The id that succeeds one; 0 if none does. */
    private int heir(int id) {
        return directory.senders().stream()
                .filter(info -> info.succeeds() == id && isEarlier(info))
                .mapToInt(SenderInfo::senderId)
                .findFirst()
                .orElse(0);
    }

    /**
     * What was said of successions must fit together, and must have been said in time.
     *
     * @param met whether an id has messages
     */
    void finish(IntPredicate met) {
        Int2ObjectHashMap<SenderInfo> heirs = new Int2ObjectHashMap<>();
        for (SenderInfo info : directory.senders()) {
            if (info.isSuccessor()) {
                check(info, heirs.put(info.succeeds(), info), met);
            }
        }
    }

    private void check(SenderInfo info, @Nullable SenderInfo other, IntPredicate met) {
        int sender = info.senderId();
        String what = "sender " + sender + " (" + info.name() + ") is said to succeed " + info.succeeds();
        @Nullable SenderInfo old = directory.sender(info.succeeds());
        if (!isEarlier(info)) {
            add(what + ", which is no earlier one");
        } else if (other != null) {
            add(what + ", and so is sender " + other.senderId() + " (" + other.name() + ")");
        } else if (old != null && (old.index() != info.index() || old.generation() != info.generation())) {
            add(what + ", which is another's: " + old.name());
        } else if (met.test(sender) && known(sender) != lineage(sender)) {
            add(what + " only behind its first message");
        }
    }

    private void add(String text) {
        offenders.add(Check.ORDER, epoch, text);
    }
}
