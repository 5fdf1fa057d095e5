package org.talaria.journal.verify;

import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.journal.read.Directory;
import org.talaria.journal.read.EndpointInfo;
import org.talaria.journal.read.EpochInfo;
import org.talaria.journal.read.EpochInfo.Lane;
import org.talaria.journal.read.RecordView;
import org.talaria.journal.read.Stays;
import org.talaria.journal.verify.Offender.Check;

/** Whether a record lies where its receiver lives, and means the receiver that lived then. */
final class TargetChecks {
    private final int epoch;
    private final List<Lane> lanes;
    private final Directory directory;
    private final Offenders offenders;
    /** Row << 16 | ring, to the highest generation met there. */
    private final Long2LongHashMap generations = new Long2LongHashMap(0);

    TargetChecks(EpochInfo info, Directory directory, Offenders offenders) {
        epoch = info.epoch();
        lanes = info.lanes();
        this.directory = directory;
        this.offenders = offenders;
    }

    /** Checks the place; true if the record may only be a dead letter: nobody lives, or no longer lives, at its address. */
    boolean isStale(RecordView record) {
        EndpointInfo endpoint = directory.endpoint(record.target(), record.generation());
        Lane lane = lanes.get(record.shard());
        int shard = lane.shard();
        if (endpoint != null && endpoint.shard() != shard && !hasMovedTo(lane, record)) {
            offenders.add(
                    Check.SHARD,
                    epoch,
                    record,
                    () -> record + " lies on shard " + shard + ", and its receiver " + endpoint.name()
                            + " lives on shard " + endpoint.shard());
        }
        checkSchema(record);
        return endpoint == null || isSuperseded(record);
    }

    /** Whether the receiver is known to have moved where the record lies, by its position. */
    private boolean hasMovedTo(Lane lane, RecordView record) {
        Stays stays = directory.stays(record.target(), record.generation());
        return stays != null && stays.at(lane, record.position()) >= 0;
    }

    /** A row is reused only after its endpoint ended: behind a record for a later generation nobody of an earlier one can handle. */
    private boolean isSuperseded(RecordView record) {
        long key = (long) record.target() << 16 | record.shard() & 0xFFFF;
        long highest = generations.get(key);
        if (record.generation() > highest) {
            generations.put(key, record.generation());
        }
        return record.generation() < highest;
    }

    private void checkSchema(RecordView record) {
        int type = record.type();
        if (type >= RecordDescriptor.FIRST_MESSAGE_TYPE
                && !record.has(RecordDescriptor.FLAG_RAW)
                && directory.schema(type) == null) {
            offenders.add(
                    Check.SCHEMA, epoch, record, () -> record + " has schema " + type + ", which was never registered");
        }
    }

    /** Who was meant, for a person. */
    static String who(Directory directory, int target, int generation) {
        @Nullable EndpointInfo endpoint = directory.endpoint(target, generation);
        return endpoint == null ? target + "/" + generation : endpoint.name();
    }

    long addresses() {
        return generations.size();
    }
}
