package org.talaria.internal.monitor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.talaria.EndpointFigures;
import org.talaria.EngineSnapshot;
import org.talaria.ShardFigures;
import org.talaria.WorkerFigures;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.internal.memory.HomeWord;
import org.talaria.internal.memory.Mem;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.memory.SampleDescriptor;
import org.talaria.internal.memory.SenderDescriptor;
import org.talaria.internal.memory.ShardDescriptor;
import org.talaria.internal.memory.WorkerDescriptor;

/** The figures of a region, from its memory alone: of this process or of another one. Writes nothing, and touches only what has memory. Any thread. */
public final class RegionFigures {
    private static final String[] ENGINE_STATES = {"OPENING", "RUNNING", "DRAINING", "STOPPING", "CLOSED"};

    private final long region;
    private final long rows;

    /** Of a region and its endpoint table, by their addresses. */
    public RegionFigures(long region, long rows) {
        this.region = region;
        this.rows = rows;
    }

    /** All figures. @param nowNs time of the engine's clock */
    public EngineSnapshot snapshot(long nowNs) {
        List<EndpointFigures> endpoints = endpoints();
        ShardReader shards = new ShardReader(region);
        List<ShardFigures> ofShards = shards.all();
        long handled = shards.sum(ShardDescriptor.HANDLED_OFFSET);
        long dead = shards.sum(ShardDescriptor.DEAD_OFFSET);
        return new EngineSnapshot(
                Mem.getInt(region + RegionDescriptor.PID_OFFSET),
                Mem.getLong(region + RegionDescriptor.START_TIME_MS_OFFSET),
                System.nanoTime(),
                state(),
                senders(SenderDescriptor.ACCEPTED_OFFSET) + drainers(WorkerDescriptor.ACCEPTED_OFFSET),
                handled,
                dead,
                senders(SenderDescriptor.REFUSED_OFFSET) + drainers(WorkerDescriptor.REFUSED_OFFSET),
                workers(nowNs),
                ofShards,
                endpoints,
                counters());
    }

    /** The time of the engine's clock, as far as the region tells it: where that clock runs as the machine's does. */
    public long nowNs() {
        return System.nanoTime() + Mem.getLong(region + RegionDescriptor.CLOCK_OFFSET_NS_OFFSET);
    }

    String state() {
        int state = Mem.getIntVolatile(region + RegionDescriptor.ENGINE_STATE_OFFSET);
        return state >= 0 && state < ENGINE_STATES.length ? ENGINE_STATES[state] : "UNKNOWN";
    }

    private int header(int offset) {
        return Mem.getInt(region + offset);
    }

    private long section(int section) {
        return region + Mem.getLong(region + RegionDescriptor.SECTIONS_OFFSET + 16L * section);
    }

    private long sectionBytes(int section) {
        return Mem.getLong(region + RegionDescriptor.SECTIONS_OFFSET + 16L * section + 8);
    }

    /** A section as a buffer, to be read. */
    UnsafeBuffer buffer(int section) {
        return new UnsafeBuffer(section(section), (int) sectionBytes(section));
    }

    private Map<String, Long> counters() {
        Map<String, Long> all = new TreeMap<>();
        CountersReader reader = new CountersReader(
                buffer(RegionDescriptor.SECTION_COUNTERS_METADATA),
                buffer(RegionDescriptor.SECTION_COUNTERS_VALUES),
                StandardCharsets.UTF_8);
        reader.forEach((id, label) -> all.put(label, reader.getCounterValue(id)));
        return all;
    }

    private long senders(int offset) {
        long first = section(RegionDescriptor.SECTION_SENDERS);
        long sum = 0;
        for (int slot = 0; slot < header(RegionDescriptor.SENDER_SLOTS_OFFSET); slot++) {
            sum += Mem.getLongVolatile(first + (long) slot * SenderDescriptor.BYTES + offset);
        }
        return sum;
    }

    private int drainerCount() {
        return header(RegionDescriptor.WORKER_COUNT_OFFSET) + header(RegionDescriptor.RECEIVER_COUNT_OFFSET);
    }

    private long block(int worker) {
        return section(RegionDescriptor.SECTION_WORKERS) + (long) worker * WorkerDescriptor.BYTES;
    }

    private long drainers(int offset) {
        long sum = 0;
        for (int worker = 0; worker < drainerCount(); worker++) {
            sum += Mem.getLongVolatile(block(worker) + offset);
        }
        return sum;
    }

    private List<WorkerFigures> workers(long nowNs) {
        int workers = header(RegionDescriptor.WORKER_COUNT_OFFSET);
        List<WorkerFigures> all = new ArrayList<>();
        for (int worker = 0; worker < drainerCount(); worker++) {
            if (worker < workers || Mem.getIntVolatile(block(worker) + WorkerDescriptor.ACTIVE_OFFSET) != 0) {
                all.add(worker(worker, worker >= workers, nowNs));
            }
        }
        return all;
    }

    private WorkerFigures worker(int worker, boolean receiver, long nowNs) {
        long block = block(worker);
        int shard = Mem.getIntVolatile(block + WorkerDescriptor.SHARD_OFFSET);
        boolean drains = shard >= 0;
        long started = Mem.getLongVolatile(block + WorkerDescriptor.TURN_START_NS_OFFSET);
        int endpoint = Mem.getIntVolatile(block + WorkerDescriptor.ENDPOINT_OFFSET);
        long parked = Mem.getLongVolatile(region + RegionDescriptor.PARKED_OFFSET);
        boolean sleeps = !receiver && (parked >>> worker & 1) != 0;
        WorkerFigures.State idle = sleeps ? WorkerFigures.State.PARKED : WorkerFigures.State.IDLE;
        return new WorkerFigures(
                worker,
                receiver,
                drains ? WorkerFigures.State.DRAINING : idle,
                drains ? shard : -1,
                drains && endpoint >= 0 ? name(endpoint) : "",
                drains ? Math.max(0, nowNs - started) : 0,
                Mem.getLongVolatile(block + WorkerDescriptor.HANDLED_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.TURNS_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.STEALS_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.PARKS_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.WAKE_UPS_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.UP_CALLS_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.EMPTIES_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.ACCEPTED_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.REFUSED_OFFSET),
                Mem.getLongVolatile(block + WorkerDescriptor.WAKE_COST_NS_OFFSET));
    }

    /** The name of an endpoint that has a slot; of others their row. */
    private String name(int index) {
        String unknown = "#" + index;
        if (index >= header(RegionDescriptor.MAX_ENDPOINTS_OFFSET)) {
            return unknown;
        }
        long row = rows + (long) index * EndpointDescriptor.BYTES;
        int slot = Mem.getIntVolatile(row + EndpointDescriptor.SLOT_OFFSET);
        if (slot <= 0 || slot >= SampleDescriptor.SLOTS) {
            return unknown;
        }
        int generation = HomeWord.generation(HomeWord.half(Mem.getLongVolatile(row + EndpointDescriptor.HOME_OFFSET)));
        long at = slot(slot);
        boolean its = Mem.getIntVolatile(at + SampleDescriptor.GENERATION_OFFSET) == generation
                && Mem.getInt(at + SampleDescriptor.INDEX_OFFSET) == index;
        return its ? nameIn(at) : unknown;
    }

    private long slot(int slot) {
        return section(RegionDescriptor.SECTION_SAMPLES) + (long) slot * SampleDescriptor.BYTES;
    }

    private static String nameIn(long at) {
        int length = Mem.getInt(at + SampleDescriptor.NAME_LENGTH_OFFSET);
        byte[] bytes = new byte[Math.max(0, Math.min(length, SampleDescriptor.NAME_BYTES))];
        Mem.copyToArray(at + SampleDescriptor.NAME_OFFSET, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<EndpointFigures> endpoints() {
        long all = 0;
        for (int slot = 1; slot < SampleDescriptor.SLOTS; slot++) {
            all += Mem.getLongVolatile(slot(slot) + SampleDescriptor.SAMPLES_OFFSET);
        }
        List<EndpointFigures> endpoints = new ArrayList<>();
        for (int slot = 1; slot < SampleDescriptor.SLOTS; slot++) {
            int generation = Mem.getIntVolatile(slot(slot) + SampleDescriptor.GENERATION_OFFSET);
            if (generation != 0) {
                endpoints.add(endpoint(slot(slot), generation, all));
            }
        }
        endpoints.sort(
                Comparator.comparingLong(EndpointFigures::samples).reversed().thenComparing(EndpointFigures::name));
        return endpoints;
    }

    private static EndpointFigures endpoint(long at, int generation, long all) {
        long samples = Mem.getLongVolatile(at + SampleDescriptor.SAMPLES_OFFSET);
        Histogram times = new Histogram(at + SampleDescriptor.HISTOGRAM_OFFSET);
        return new EndpointFigures(
                nameIn(at),
                Mem.getInt(at + SampleDescriptor.INDEX_OFFSET),
                generation,
                Mem.getInt(at + SampleDescriptor.SHARD_OFFSET),
                samples,
                all == 0 ? 0 : (double) Math.min(samples, all) / all,
                Mem.getLongVolatile(at + SampleDescriptor.HANDLED_OFFSET),
                times.percentileNs(50),
                times.percentileNs(99),
                Mem.getLongVolatile(at + SampleDescriptor.LAST_SAMPLE_MS_OFFSET));
    }
}
