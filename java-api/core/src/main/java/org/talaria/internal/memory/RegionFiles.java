package org.talaria.internal.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The two files of a region: owner-only, locked while the engine lives, swept when a process died without unlinking them. */
final class RegionFiles {
    private static final AtomicInteger NEXT = new AtomicInteger();
    /** Names of this process's: to close a file, as a sweeper does, takes away every lock that its process has on it. */
    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private static final String PREFIX = "talaria-";
    private static final String REGION = ".region";
    private static final String ENDPOINTS = ".endpoints";
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20);

    private final Path folder;
    private final Path regionPath;
    private final Path endpointsPath;
    private final FileChannel region;
    private final FileChannel endpoints;

    private RegionFiles(Path folder, Path regionPath, Path endpointsPath, FileChannel region, FileChannel endpoints) {
        this.folder = folder;
        this.regionPath = regionPath;
        this.endpointsPath = endpointsPath;
        this.region = region;
        this.endpoints = endpoints;
    }

    static RegionFiles create(Path folder) throws IOException {
        String name = PREFIX + ProcessHandle.current().pid() + "-" + NEXT.getAndIncrement();
        Path regionPath = folder.resolve(name + REGION);
        Path endpointsPath = folder.resolve(name + ENDPOINTS);
        // Locked before it gets the name that sweepers look for: never swept while it is being made.
        Path making = folder.resolve(name + ".making");
        FileChannel endpoints = open(endpointsPath);
        FileChannel region = open(making);
        if (region.tryLock() == null) {
            throw new IOException("cannot lock " + making);
        }
        OWN.add(regionPath.getFileName().toString());
        Files.move(making, regionPath, StandardCopyOption.ATOMIC_MOVE);
        return new RegionFiles(folder, regionPath, endpointsPath, region, endpoints);
    }

    private static FileChannel open(Path path) throws IOException {
        Files.deleteIfExists(path);
        FileAttribute<?>[] ownerOnly =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    ownerOnly);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("somebody else makes " + path, e);
        }
    }

    /** Writes zeros: takes the memory now, so that a full disk is an exception here and not a SIGBUS later. */
    void reserve(FileChannel channel, long from, long length) throws IOException {
        ByteBuffer zeros = ZEROS.duplicate();
        long position = from;
        long end = from + length;
        while (position < end) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), end - position));
            position += channel.write(zeros, position);
        }
    }

    /** Extends a file sparsely: pages that are not reserved must not be touched. */
    void extend(FileChannel channel, long length) throws IOException {
        channel.write(ByteBuffer.allocate(1), length - 1);
    }

    FileChannel region() {
        return region;
    }

    FileChannel endpoints() {
        return endpoints;
    }

    Path folder() {
        return folder;
    }

    void delete() {
        try {
            Files.deleteIfExists(regionPath);
            Files.deleteIfExists(endpointsPath);
            region.close();
            OWN.remove(regionPath.getFileName().toString());
            endpoints.close();
        } catch (IOException e) {
            System.getLogger("org.talaria").log(System.Logger.Level.WARNING, "region files not removed", e);
        }
    }

    /** Removes the files of processes that are gone: those whose lock can be had. */
    static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> regions = Files.newDirectoryStream(folder, PREFIX + "*" + REGION)) {
            for (Path path : regions) {
                if (!OWN.contains(path.getFileName().toString())) {
                    sweepOne(path);
                }
            }
        }
    }

    private static void sweepOne(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                String name = path.getFileName().toString();
                String stem = name.substring(0, name.length() - REGION.length());
                Files.deleteIfExists(path.resolveSibling(stem + ENDPOINTS));
                Files.deleteIfExists(path);
            }
        } catch (OverlappingFileLockException e) {
            // ours, and alive
        } catch (IOException e) {
            // another user's, or just removed by another sweeper
        }
    }
}
