package org.talaria.examples.flights;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.talaria.EngineKind;

/**
 * What a run was asked for.
 *
 * @param input the flights; null = the built-in ones
 * @param repeat how often they are sent, 1 or more
 * @param output the CSV file; null = none
 * @param engine which engine
 * @param workers its worker threads, 1 … 32; 0 = the engine's default
 * @param journal where the journal is kept; null = a temporary folder that is deleted afterwards
 */
record DemoOptions(
        @Nullable Path input,
        int repeat,
        @Nullable Path output,
        EngineKind engine,
        int workers,
        @Nullable Path journal) {}
