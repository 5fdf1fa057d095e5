package org.talaria.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The user's folder of unpacked native libraries: {@code <cache>/<SHA-256>/libjnitalaria.so}.
 *
 * <p>A file under its final name is always whole: it is written beside under a name of its own and moved over atomically, so that two
 * processes that start at once both end with a good file, without a lock. What is found there is hashed at each start: a damaged file
 * is replaced. The folder named by the hash belongs to the user alone, else another user could put his code there.
 */
final class LibraryCache {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private LibraryCache() {}

    /** Returns the library of this platform as a checked file in the cache. */
    static Path unpack() throws IOException, Unavailable {
        byte[] library = resource("");
        String expected = new String(resource(".sha256"), StandardCharsets.US_ASCII).strip();
        String actual = sha256(library);
        if (!actual.equals(expected)) {
            throw new Unavailable("the library on the class path is damaged: its SHA-256 is " + actual
                    + " and should be " + expected + "; fetch or build the native jar again");
        }
        Path root = root();
        try {
            return place(root.resolve(actual), library, actual);
        } catch (FileSystemException e) {
            throw new Unavailable("the cache folder " + root + " cannot be written (" + e + "): name another with -D"
                    + NativeLibrary.CACHE + "=FOLDER, or the library itself with -D" + NativeLibrary.LIBRARY + "=FILE");
        }
    }

    /** Returns the file with this content in the folder; many threads and processes may do so at once. */
    static Path place(Path folder, byte[] library, String hash) throws IOException, Unavailable {
        Path file = folder.resolve(NativePlatform.libraryName());
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            requireOwnerOnly(folder);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && sha256(Files.readAllBytes(file)).equals(hash)) {
                return file;
            }
        }
        createFolder(folder);
        write(file, library);
        return file;
    }

    private static void createFolder(Path folder) throws IOException, Unavailable {
        if (posix(folder)) {
            Files.createDirectories(folder, OWNER_ONLY_FOLDER);
            requireOwnerOnly(folder);
        } else {
            Files.createDirectories(folder);
        }
    }

    private static void write(Path file, byte[] library) throws IOException {
        Path folder = file.getParent();
        Path temporary = posix(folder)
                ? Files.createTempFile(folder, file.getFileName().toString(), ".tmp", OWNER_ONLY_FILE)
                : Files.createTempFile(folder, file.getFileName().toString(), ".tmp");
        try {
            Files.write(temporary, library);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new FileSystemException(file.toString(), null, "the file system cannot rename atomically");
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void requireOwnerOnly(Path folder) throws IOException, Unavailable {
        if (!posix(folder)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        Path self = Path.of("/proc/self");
        boolean foreign = Files.exists(self)
                && !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(self));
        if (foreign
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new Unavailable(
                    "the cache folder " + folder + " can be written by other users: delete it, or name another with -D"
                            + NativeLibrary.CACHE + "=FOLDER");
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path root() throws Unavailable {
        String property = System.getProperty(NativeLibrary.CACHE);
        if (property != null && !property.isBlank()) {
            return NativeLibrary.path(property, NativeLibrary.CACHE).toAbsolutePath();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "talaria");
        }
        return Path.of(System.getProperty("user.home", "."), ".cache", "talaria")
                .toAbsolutePath();
    }

    private static byte[] resource(String suffix) throws IOException, Unavailable {
        String name = "org/talaria/bindings/" + NativePlatform.name() + "/" + NativePlatform.libraryName() + suffix;
        try (InputStream in = LibraryCache.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new Unavailable("there is none for " + NativePlatform.name() + " on the class path (no resource "
                        + name + "): add org.talaria:talaria-native with classifier " + NativePlatform.name());
            }
            return in.readAllBytes();
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
