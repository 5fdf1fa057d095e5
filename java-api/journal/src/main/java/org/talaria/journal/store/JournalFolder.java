package org.talaria.journal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.talaria.TalariaException;

/** The folder of a journal, held by one writer at a time: a file says its version, another is locked. */
public final class JournalFolder implements AutoCloseable {
    private static final String MARK = "talaria-journal";
    private static final String LOCK = "lock";
    private static final String OWNER = "process ";
    private static final String WORD = "talaria-journal ";

    private final Path path;
    private final FileChannel channel;

    private JournalFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing and takes it for writing.
     *
     * @throws TalariaException if it cannot be written, another engine writes it, or it has another version
     */
    public static JournalFolder take(Path path) {
        try {
            Files.createDirectories(path);
            refuseForeign(path);
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock(path, channel);
                markVersion(path);
                return new JournalFolder(path, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TalariaException(
                    "cannot write the journal " + path + ": " + reason(e)
                            + ". Give a folder that this user may write, with Journal.at(…)",
                    e);
        }
    }

    /** Before anything is written: a folder that holds something else is left as it is. */
    private static void refuseForeign(Path path) throws IOException {
        if (Files.exists(path.resolve(MARK))) {
            return;
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<String> foreign = entries.filter(entry -> !isOurs(entry))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new TalariaException(
                        "the folder " + path + " is not a journal of Talaria, or it is damaged: it has "
                                + foreign.subList(0, Math.min(3, foreign.size())) + " but no file " + MARK
                                + " that says its version. Give a new or an empty folder");
            }
        }
    }

    /** What a writer leaves that dies as it takes the folder, or what belongs to the file system. */
    private static boolean isOurs(Path entry) {
        String name = entry.getFileName().toString();
        try {
            return name.equals("lost+found")
                    || name.equals(LOCK)
                            && (Files.size(entry) == 0
                                    || Files.size(entry) < 64
                                            && Files.readString(entry).startsWith(OWNER));
        } catch (IOException e) {
            // Not text, or not to be read
            return false;
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new TalariaException("the journal " + path + " is being written by another engine (" + owner(channel)
                    + "): close that one, or give this one a folder of its own");
        }
        channel.truncate(0);
        channel.write(text(OWNER + ProcessHandle.current().pid()), 0);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        channel.read(buffer, 0);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void markVersion(Path path) throws IOException {
        Path mark = path.resolve(MARK);
        if (Files.exists(mark)) {
            checkVersion(path);
            return;
        }
        Files.writeString(mark, WORD + ExcerptDescriptor.FORMAT_VERSION + "\n");
    }

    /**
     * Checks that the folder is a journal that this version reads.
     *
     * @throws TalariaException if it is not
     */
    public static void checkVersion(Path path) {
        Path mark = path.resolve(MARK);
        String text;
        try {
            text = Files.readString(mark).strip();
        } catch (IOException e) {
            throw new TalariaException(
                    path + " is no journal: its file " + MARK + " cannot be read (" + reason(e)
                            + "). Give the folder that was given to Journal.at(…)",
                    e);
        }
        if (!text.equals(WORD + ExcerptDescriptor.FORMAT_VERSION)) {
            throw new TalariaException("the journal " + path + " says \"" + text
                    + "\", and this version of Talaria reads and writes \"" + WORD + ExcerptDescriptor.FORMAT_VERSION
                    + "\": use the version that wrote it, or give another folder");
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Lets another writer in. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(JournalFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "the lock of " + path + " could not be closed", e);
        }
    }
}
