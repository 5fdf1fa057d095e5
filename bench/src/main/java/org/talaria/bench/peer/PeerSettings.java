package org.talaria.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Each peer's best setting, by payload: as the published sweep found them, or those of a file given by {@code -Dtalaria.bench.settings}. */
public final class PeerSettings {
    /** Property that names a file written by a sweep. */
    public static final String FILE = "talaria.bench.settings";

    private static final String RESOURCE = "peer-settings.properties";
    private static final Properties SETTINGS = load();

    private PeerSettings() {}

    /** The setting of a peer. @throws IllegalStateException if no sweep found one */
    public static Setting of(String peer, int payload) {
        String text = SETTINGS.getProperty(key(peer, payload));
        if (text == null) {
            throw new IllegalStateException("no setting of " + key(peer, payload) + ": run the sweep again");
        }
        return Setting.parse(text);
    }

    /** The key of a peer's setting. */
    public static String key(String peer, int payload) {
        return payload == 0 ? peer : peer + '.' + payload;
    }

    private static Properties load() {
        Properties settings = new Properties();
        String file = System.getProperty(FILE);
        try (InputStream in =
                file == null ? PeerSettings.class.getResourceAsStream(RESOURCE) : Files.newInputStream(Path.of(file))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the peers' settings " + (file == null ? RESOURCE : file), e);
        }
        return settings;
    }
}
