package org.talaria.journal.verify;

import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EpochInfo;
import org.talaria.journal.read.EpochInfo.Lane;
import org.talaria.journal.read.IdSet;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.SenderInfo;
import org.talaria.journal.read.Stays;
import org.talaria.journal.verify.Offender.Check;

/**
 * What a sender's sequence proves: it counts its accepted messages over all addresses, so it rises towards each address, no number is there twice,
 * and in a whole journal none is missing. Where a sender went on under a later id, all messages of the later one count as behind those of the one before.
 */
final class SenderChecks {
    private static final int SEQUENCE_BITS = 31;
    private static final int GENERATION_SHIFT = 47;
    private static final long PLACE_MASK = (1L << GENERATION_SHIFT) - 1;

    private static final int PRIORITY_SHIFT = 28;
    private static final long ROW_MASK = (1L << PRIORITY_SHIFT) - 1;

    private final int epoch;
    private final List<Lane> lanes;
    private final Directory directory;
    private final Offenders offenders;
    private final IdSet seen = new IdSet();
    /** Sender to highest sequence << 32 | count. */
    private final Long2LongHashMap senders = new Long2LongHashMap(0);
    /**
     * First id of the sender << 32 | priority of the lane << 28 | receiver's row, to generation << 47 | place of the last. A lane's records come in order; those of a receiver that
     * moves are held against each other by {@link StayOrder}.
     */
    private final Long2LongHashMap pairs = new Long2LongHashMap(0);

    private final StayOrder moved = new StayOrder();
    private final Lineages lineages;

    SenderChecks(EpochInfo info, Directory directory, Offenders offenders) {
        epoch = info.epoch();
        lanes = info.lanes();
        this.directory = directory;
        this.offenders = offenders;
        lineages = new Lineages(epoch, directory, offenders);
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
        if (known == 0) {
            lineages.met(sender);
        }
        senders.put(sender, (Math.max(known >> 32, sequence) << 32) + (int) known + 1);
        order(record, sender, sequence);
    }

    private void order(RecordView record, int sender, int sequence) {
        long priority = lanes.get(record.shard()).priority();
        long pair = (long) lineages.first(sender) << 32 | priority << PRIORITY_SHIFT | record.target() & ROW_MASK;
        // Over all ids of the sender: how many ids came before << 31 | sequence.
        long place = ((long) lineages.before(sender) << SEQUENCE_BITS) + Math.max(0, sequence);
        long last = pairs.get(pair);
        long lastPlace = last & PLACE_MASK;
        int lastGeneration = (int) (last >>> GENERATION_SHIFT);
        int generation = record.generation();
        Stays stays = directory.stays(record.target(), generation);
        if (stays != null) {
            order(record, stays, pair, place, last != 0 && lastGeneration == generation ? lastPlace : -1);
        } else if (last != 0 && lastGeneration == generation && place <= lastPlace) {
            offenders.add(Check.ORDER, epoch, record, () -> behind(record, sender, lastPlace));
        }
        if (last == 0 || lastGeneration <= generation) {
            pairs.put(pair, (long) generation << GENERATION_SHIFT | place);
        }
    }

    /** Of a receiver that moves: it lives on several shards, one after the other, whose records come in no order. */
    private void order(RecordView record, Stays stays, long pair, long place, long before) {
        Lane lane = lanes.get(record.shard());
        int stay = stays.at(lane, record.position());
        long other = stay < 0 ? -1 : moved.accept(pair, record.generation(), stay, place, before);
        if (other >= 0) {
            offenders.add(
                    Check.ORDER,
                    epoch,
                    record,
                    () -> behind(record, record.sender(), other) + ", which moves, in stay " + stay + " on shard "
                            + lane.shard());
        }
    }

    private String behind(RecordView record, int sender, long place) {
        int other = lineages.id(sender, (int) (place >> SEQUENCE_BITS));
        return record + " comes behind message " + other + ":" + (place & Integer.MAX_VALUE)
                + (other == sender ? " of the same sender" : " of the same sender under a later id")
                + " to the same address";
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

    /** What the journal says of ids that succeed others. */
    void successions() {
        lineages.finish(sender -> senders.containsKey(sender));
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
