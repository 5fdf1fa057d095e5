package org.talaria.journal.verify;

import org.agrona.collections.Long2LongHashMap;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.IdSet;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.verify.Offender.Check;

/**
 * What a sender's sequence proves: it counts its accepted messages over all addresses, so it rises towards each address, no number is there twice,
 * and in a whole journal none is missing.
 */
final class SenderChecks {
    private final int epoch;
    private final Offenders offenders;
    private final IdSet seen = new IdSet();
    /** Sender to highest sequence << 32 | count. */
    private final Long2LongHashMap senders = new Long2LongHashMap(0);
    /** Sender << 32 | receiver's row, to generation << 32 | last sequence. A receiver lives on one shard, whose records come in order. */
    private final Long2LongHashMap pairs = new Long2LongHashMap(0);

    SenderChecks(int epoch, Offenders offenders) {
        this.epoch = epoch;
        this.offenders = offenders;
    }

    void accept(RecordView record) {
        int sender = record.sender();
        if (sender == 0) {
            return;
        }
        int sequence = record.sequence();
        if (!seen.add(record.id())) {
            offenders.add(Check.DUPLICATE, epoch, record, () -> record + " is there twice");
            return;
        }
        long known = senders.get(sender);
        senders.put(sender, (Math.max(known >> 32, sequence) << 32) + (int) known + 1);
        order(record, sender, sequence);
    }

    private void order(RecordView record, int sender, int sequence) {
        long pair = (long) sender << 32 | record.target() & 0xFFFFFFFFL;
        long last = pairs.get(pair);
        int generation = record.generation();
        if (last != 0 && (int) (last >> 32) == generation && sequence <= (int) last) {
            offenders.add(
                    Check.ORDER,
                    epoch,
                    record,
                    () -> record + " comes behind message " + sender + ":" + (int) last
                            + " of the same sender to the same address");
        }
        if (last == 0 || (int) (last >> 32) <= generation) {
            pairs.put(pair, (long) generation << 32 | sequence);
        }
    }

    boolean wasSeen(long id) {
        return seen.contains(id);
    }

    long senders() {
        return senders.size();
    }

    long pairs() {
        return pairs.size();
    }

    /** A gap over all addresses of a sender proves a loss, in a journal that begins with its epoch and ends with it. */
    void finish(Directory directory) {
        senders.forEachLong((sender, known) -> {
            int highest = (int) (known >> 32);
            int count = (int) known;
            if (count != highest) {
                offenders.add(
                        Check.LOSS,
                        epoch,
                        -1,
                        -1,
                        sender << 32 | missing(sender, highest),
                        () -> lost(directory, (int) sender, highest, count));
            }
        });
    }

    private int missing(long sender, int highest) {
        for (int sequence = 1; sequence <= highest; sequence++) {
            if (!seen.contains(sender << 32 | sequence)) {
                return sequence;
            }
        }
        return highest;
    }

    private String lost(Directory directory, int sender, int highest, int count) {
        SenderInfo info = directory.sender(sender);
        return (highest - count) + " of " + highest + " messages of sender " + sender
                + (info == null ? "" : " (" + info.name() + ")") + " are missing, the first is " + sender + ":"
                + missing(sender, highest);
    }
}
