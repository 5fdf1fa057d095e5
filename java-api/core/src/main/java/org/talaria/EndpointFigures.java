package org.talaria;

/**
 * Figures of an endpoint that was found running at least once. The rarely busy ones are not here: at most 1,023 endpoints are told of, those found running last.
 *
 * @param name its name; the first 96 bytes of it
 * @param index its row in the endpoint table
 * @param generation which endpoint of that row it is
 * @param shard where it was found last
 * @param samples times it was found running
 * @param share samples of it ÷ samples of all endpoints told of, 0 … 1: its part of the time of all drainers that ran handlers
 * @param handled messages it handled since it was found first
 * @param p50Ns what half of its timed messages took at most, in nanoseconds, rounded up to a power of two; 0 if none was timed
 * @param p99Ns the same of 99 of 100
 * @param lastSampleMs when it was found running last, milliseconds since 1970
 */
public record EndpointFigures(
        String name,
        int index,
        int generation,
        int shard,
        long samples,
        double share,
        long handled,
        long p50Ns,
        long p99Ns,
        long lastSampleMs) {}
