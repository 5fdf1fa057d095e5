package org.talaria.internal.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a region may lie: the configured folder, or shared memory and then the temporary folder. */
public final class RegionFolders {
    private static final System.Logger LOG = System.getLogger("org.talaria");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final @Nullable Path configured;

    /** Of a configuration. */
    public RegionFolders(@Nullable Path configured) {
        this.configured = configured;
    }

    /** In the order in which they are tried. */
    public List<Path> candidates() {
        if (configured != null) {
            return List.of(configured);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return Files.isWritable(SHARED_MEMORY) ? List.of(SHARED_MEMORY, temporary) : List.of(temporary);
    }

    void skipped(Path folder, Exception cause) {
        LOG.log(System.Logger.Level.INFO, "region not in {0}: {1}", folder, cause.getMessage());
    }
}
