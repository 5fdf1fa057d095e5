package org.talaria.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Finds, checks and loads the native core. Every method may be called by any thread; no failure is thrown, each becomes a reason.
 *
 * <p>The library is searched in this order:
 *
 * <ol>
 *   <li>{@code -Dtalaria.native.disable=true}: nowhere, the answer is no; another text than {@code true} and {@code false} is the reason that is told;
 *   <li>{@code -Dtalaria.native.library=FILE}: this file and no other;
 *   <li>the class path (the jar with the platform's classifier): copied to a cache folder of the user, under its SHA-256
 *       ({@code -Dtalaria.native.cache=FOLDER}, else {@code $XDG_CACHE_HOME/talaria}, else {@code ~/.cache/talaria}).
 * </ol>
 *
 * <p>A process loads one library at most: once loaded it stays, and later calls only compare versions again.
 */
public final class NativeLibrary {
    /** {@code true}: do not load. */
    public static final String DISABLE = "talaria.native.disable";

    /** The library file to load instead of the one on the class path. */
    public static final String LIBRARY = "talaria.native.library";

    /** The folder that libraries are unpacked to. */
    public static final String CACHE = "talaria.native.cache";

    private static Path loaded;

    private NativeLibrary() {}

    /**
     * Whether the native core can be used.
     *
     * @param available whether {@link CoreApi} may be called
     * @param reason why not, in one line with a remedy; where it is available, the file that was loaded
     */
    public record Status(boolean available, String reason) {}

    /**
     * Loads the library if that has not been done, then compares its version and memory layout with the caller's.
     *
     * @param abiVersion version of the C API that the caller was written for
     * @param layoutHash the caller's hash of {@code layoutText}
     * @param layoutText the caller's {@code name=value;} for every layout constant: tells which constant differs
     */
    public static synchronized Status load(int abiVersion, long layoutHash, String layoutText) {
        try {
            String off = System.getProperty(DISABLE, "false");
            if (!off.equals("false")) {
                return no(off.equals("true") ? "it is switched off by -D" + DISABLE + "=true" : off);
            }
            if (loaded == null) {
                Path file = find();
                ElfFile.requireUsable(file);
                load(file);
                loaded = file;
            }
            return shakeHands(abiVersion, layoutHash, layoutText);
        } catch (Unavailable e) {
            return no(e.getMessage());
        } catch (IOException | LinkageError | RuntimeException e) {
            return no("loading it failed: " + e);
        }
    }

    private static Path find() throws IOException, Unavailable {
        String override = System.getProperty(LIBRARY);
        if (override == null || override.isBlank()) {
            return LibraryCache.unpack();
        }
        Path file = path(override, LIBRARY);
        if (!Files.isRegularFile(file)) {
            throw new Unavailable("there is no file " + file + " (named by -D" + LIBRARY + ")");
        }
        return file.toAbsolutePath();
    }

    static Path path(String text, String property) throws Unavailable {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Unavailable("-D" + property + " is no path: " + e.getMessage());
        }
    }

    private static void load(Path file) throws Unavailable {
        try {
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            String text = String.valueOf(e.getMessage());
            if (text.contains("failed to map segment")) {
                throw new Unavailable("the system does not run code from " + file.getParent()
                        + ": it is mounted noexec; name another folder with -D" + CACHE + "=FOLDER (" + text + ")");
            }
            throw new Unavailable("the system refused it: " + text);
        }
    }

    private static Status shakeHands(int abiVersion, long layoutHash, String layoutText) throws Unavailable {
        int version = version();
        if (version != abiVersion) {
            throw new Unavailable(loaded + " speaks version " + version + " of the C API, this program version "
                    + abiVersion + ": use the native jar of the same release");
        }
        if (CoreApi.layoutHash() != layoutHash) {
            throw new Unavailable(
                    loaded + " lays out memory differently: " + LayoutText.difference(layoutText, CoreApi.layoutText())
                            + ": use the native jar of the same release");
        }
        return new Status(true, loaded.toString());
    }

    private static int version() throws Unavailable {
        try {
            return CoreApi.abiVersion();
        } catch (UnsatisfiedLinkError e) {
            throw new Unavailable(loaded + " is no Talaria library of this release: it lacks talaria_abi_version");
        }
    }

    private static Status no(String reason) {
        return new Status(false, reason);
    }
}
