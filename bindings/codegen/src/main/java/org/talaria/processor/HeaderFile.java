package org.talaria.processor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header on disk. An incremental compilation sees only the records that changed; so the header is its own list of what belongs in it: messages that it names and
 * that still exist are written again, from their classes.
 */
final class HeaderFile {
    /** Where the header goes. Without it none is written. */
    static final String FOLDER = "talaria.header";

    /** The header's file name. */
    static final String NAME = "talaria.header.name";

    /** The namespace of its types. */
    static final String NAMESPACE = "talaria.header.namespace";

    private static final Pattern SCHEMA_NAME = Pattern.compile("schema_name = \"([^\"]+)\"");

    private final Path file;
    private final String namespace;

    private HeaderFile(Path file, String namespace) {
        this.file = file;
        this.namespace = namespace;
    }

    /** The header that the options ask for; null if none. */
    static @Nullable HeaderFile of(Map<String, String> options) {
        String folder = options.get(FOLDER);
        if (folder == null || folder.isBlank()) {
            return null;
        }
        String name = options.getOrDefault(NAME, "messages.h");
        return new HeaderFile(Path.of(folder).resolve(name), options.getOrDefault(NAMESPACE, ""));
    }

    /** Binary names of the messages that the header on disk holds. */
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.exists(file)) {
            Matcher matcher = SCHEMA_NAME.matcher(Files.readString(file));
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** Writes the header, unless it is the same: a new time stamp would make C++ builds compile everything again. */
    void write(Map<String, MessageModel> models) throws IOException {
        String text = new HeaderWriter(file.getFileName().toString(), namespace).write(models.values());
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Not createTempFile: its owner-only permissions would stay.
        Path temporary = folder.resolve(file.getFileName() + ".tmp");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
