package org.talaria.tool;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.talaria.EndpointFigures;
import org.talaria.ShardFigures;
import org.talaria.TalariaException;

/** By what the shards and endpoints of {@code talaria top} are sorted, the most first. A table that has no such column is sorted by messages handled. */
enum TopColumn {
    /** Found running. */
    BUSY,
    /** Messages handled a second. */
    HANDLED,
    /** Bytes that wait. */
    DEPTH,
    /** Most bytes that waited. */
    HIGH_WATER,
    /** Half of the messages take at most. */
    P50,
    /** 99 of 100 messages take at most. */
    P99,
    /** By name or number, the least first. */
    NAME;

    /** Of what a person types. @throws TalariaException if there is none */
    static TopColumn of(String text) {
        for (TopColumn column : values()) {
            if (column.toString().equals(text)) {
                return column;
            }
        }
        throw new TalariaException("--sort " + text + " is no column: give one of " + names());
    }

    static String names() {
        StringBuilder names = new StringBuilder();
        for (TopColumn column : values()) {
            names.append(names.length() == 0 ? "" : ", ").append(column);
        }
        return names.toString();
    }

    Comparator<EndpointFigures> ofEndpoints(Rates rates) {
        Comparator<EndpointFigures> byName = Comparator.comparing(EndpointFigures::name);
        if (this == NAME) {
            return byName;
        }
        ToDoubleFunction<EndpointFigures> figure =
                switch (this) {
                    case BUSY -> rates::share;
                    case P50 -> EndpointFigures::p50Ns;
                    case P99 -> EndpointFigures::p99Ns;
                    default -> rates::handled;
                };
        return Comparator.comparingDouble(figure).reversed().thenComparing(byName);
    }

    Comparator<ShardFigures> ofShards(Rates rates) {
        Comparator<ShardFigures> byNumber = Comparator.comparingInt(ShardFigures::shard);
        if (this == NAME) {
            return byNumber;
        }
        ToDoubleFunction<ShardFigures> figure =
                switch (this) {
                    case DEPTH -> ShardFigures::depthBytes;
                    case HIGH_WATER -> ShardFigures::highWaterBytes;
                    default -> shard -> rates.of(shard, ShardFigures::handled);
                };
        return Comparator.comparingDouble(figure).reversed().thenComparing(byNumber);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
