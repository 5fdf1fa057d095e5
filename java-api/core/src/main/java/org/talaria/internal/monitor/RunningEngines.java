package org.talaria.internal.monitor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.talaria.TalariaException;
import org.talaria.internal.memory.RegionFolders;

/** Finds the regions of engines that run, by their files. Any thread. */
public final class RunningEngines {
    private static final Pattern NAME = Pattern.compile("talaria-(\\d+)-(\\d+)\\.region");

    private RunningEngines() {}

    /** The process in a region file's name; −1 if it has no such name. */
    public static long pidOf(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    static Path endpointsOf(Path region) {
        String name = region.getFileName().toString();
        return region.resolveSibling(name.replaceFirst("\\.region$", "") + ".endpoints");
    }

    /** The regions of other processes in the folders where engines put them unless they are told otherwise; in the order of their names. */
    public static List<Path> find() {
        return find(new RegionFolders(null).candidates());
    }

    /** The same in other folders. */
    public static List<Path> find(List<Path> folders) {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "talaria-*.region")) {
                for (Path file : files) {
                    if (pidOf(file) >= 0
                            && pidOf(file) != ProcessHandle.current().pid()
                            && isAlive(file)) {
                        found.add(file);
                    }
                }
            } catch (IOException e) {
                throw new TalariaException("cannot look for engines in " + folder + ": " + e.getMessage(), e);
            }
        }
        found.sort(null);
        return found;
    }

    /** Whether its engine lives: it has the file locked. Never asked of a file of this process, whose lock would go with the closing. */
    static boolean isAlive(Path region) {
        // Shared: a lock that only reads needs no right to write, and two who look are not in each other's way
        try (FileChannel channel = FileChannel.open(region, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            // Another user's, or gone
            return false;
        }
    }
}
