package org.talaria.journal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.talaria.TalariaException;

/** Checks that the JVM was started with the flags that Chronicle needs: those of the argument file that lies beside this class. */
public final class ChronicleFlags {
    /** Name of the argument file. */
    public static final String FILE = "chronicle.jvmargs";

    private static final String TO_US = "=ALL-UNNAMED";

    private ChronicleFlags() {}

    /** @throws TalariaException naming the argument file and the flags that are missing */
    public static void check() {
        List<String> missing = missing(ChronicleFlags.class.getModule());
        if (!missing.isEmpty()) {
            throw new TalariaException("a journal needs JVM flags that are missing: start with java @" + FILE
                    + " (the file is in the jar of talaria-journal, folder org/talaria/journal/store, and in java-api/journal/src/main/args). Missing: "
                    + String.join(" ", missing));
        }
    }

    static List<String> missing(Module us) {
        List<String> missing = new ArrayList<>();
        for (String flag : flags()) {
            if (flag.endsWith(TO_US) && !given(flag, us)) {
                missing.add(flag);
            }
        }
        return missing;
    }

    private static boolean given(String flag, Module us) {
        String what = flag.substring(flag.indexOf('=') + 1, flag.length() - TO_US.length());
        int slash = what.indexOf('/');
        String packageName = what.substring(slash + 1);
        return ModuleLayer.boot()
                .findModule(what.substring(0, slash))
                .map(module -> flag.startsWith("--add-opens")
                        ? module.isOpen(packageName, us)
                        : module.isExported(packageName, us))
                .orElse(true);
    }

    /** The flags of the argument file, one a line. */
    public static List<String> flags() {
        try (InputStream in = ChronicleFlags.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new TalariaException(
                        FILE + " is missing in the jar of talaria-journal: the jar is damaged, fetch it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new TalariaException(
                    FILE + " in the jar of talaria-journal cannot be read: the jar is damaged, fetch it again", e);
        }
    }
}
