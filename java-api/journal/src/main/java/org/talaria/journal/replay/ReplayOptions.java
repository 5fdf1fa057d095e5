package org.talaria.journal.replay;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.talaria.journal.verify.Progress;

/**
 * What to replay, and how. Immutable.
 *
 * <p>A replay of one endpoint, or from a time on, starts from the states that the application makes: what was before, or beside, is not fed.
 */
public final class ReplayOptions {
    private final int epoch;
    private final Set<String> endpoints;
    private final long fromNs;
    private final long toNs;
    private final double pace;
    private final StepListener listener;
    private final Map<String, Path> libraries;
    private final Progress progress;

    private ReplayOptions(Builder builder) {
        epoch = builder.epoch;
        endpoints = Set.copyOf(builder.endpoints);
        fromNs = builder.fromNs;
        toNs = builder.toNs;
        pace = builder.pace;
        listener = builder.listener;
        libraries = Map.copyOf(builder.libraries);
        progress = builder.progress;
    }

    /** Everything of the last run, at full speed. */
    public static ReplayOptions all() {
        return builder().build();
    }

    /** Begins with {@link #all}. */
    public static Builder builder() {
        return new Builder();
    }

    int epoch() {
        return epoch;
    }

    Set<String> endpoints() {
        return endpoints;
    }

    long fromNs() {
        return fromNs;
    }

    long toNs() {
        return toNs;
    }

    double pace() {
        return pace;
    }

    StepListener listener() {
        return listener;
    }

    Map<String, Path> libraries() {
        return libraries;
    }

    Progress progress() {
        return progress;
    }

    /** Builds {@link ReplayOptions}. Not thread-safe. */
    public static final class Builder {
        private final Set<String> endpoints = new HashSet<>();
        private final Map<String, Path> libraries = new HashMap<>();
        private int epoch;
        private long fromNs;
        private long toNs;
        private double pace;
        private StepListener listener = message -> true;
        private Progress progress = Progress.NONE;

        private Builder() {}

        /** Another run than the last, counted from 1. */
        public Builder epoch(int number) {
            epoch = number;
            return this;
        }

        /** Only what this endpoint got; may be given several times. */
        public Builder endpoint(String name) {
            endpoints.add(name);
            return this;
        }

        /** Only what was handled in a span of time: wall clock, nanoseconds since 1970; 0 leaves an end open. */
        public Builder between(long from, long to) {
            if (to != 0 && to <= from) {
                throw new IllegalArgumentException(
                        "the span of time is empty: it ends (--to) before it begins (--from)");
            }
            fromNs = from;
            toNs = to;
            return this;
        }

        /** In recorded time, faster by a factor: 1 = as it was; 0 = at full speed, the default. */
        public Builder pace(double factor) {
            if (!(factor >= 0)) {
                throw new IllegalArgumentException(
                        "pace " + factor + " is out of range: give 0 (full speed) or a factor over 0");
            }
            pace = factor;
            return this;
        }

        /** Called before each message: what {@code --step} stands on. */
        public Builder each(StepListener before) {
            listener = before;
            return this;
        }

        /** Another file for a handler library, by the path that the journal names. */
        public Builder library(String journaled, Path instead) {
            libraries.put(journaled, instead);
            return this;
        }

        /** Told how far it is, in messages. */
        public Builder progress(Progress told) {
            progress = told;
            return this;
        }

        /** The options. */
        public ReplayOptions build() {
            return new ReplayOptions(this);
        }
    }
}
