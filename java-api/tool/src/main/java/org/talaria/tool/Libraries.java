package org.talaria.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.talaria.TalariaException;
import org.talaria.journal.read.EndpointInfo;

/** What {@code --library} says: other files for the handler libraries that a journal names. */
final class Libraries {
    private Libraries() {}

    /**
     * By the paths in the journal, the files instead.
     *
     * @param given {@code NAME=PATH}: an endpoint, or a library's path or file name, and the file; or only {@code PATH}, for all
     * @param endpoints of the journal
     */
    static Map<String, Path> of(List<String> given, Collection<EndpointInfo> endpoints) {
        Map<String, Path> all = new LinkedHashMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals);
            Path file = Path.of(text.substring(equals + 1));
            if (!Files.isRegularFile(file)) {
                throw new TalariaException("--library " + text + ": no such file");
            }
            int before = all.size();
            endpoints.stream()
                    .filter(endpoint -> endpoint.kind() == EndpointInfo.NATIVE && matches(endpoint, name))
                    .forEach(endpoint -> all.put(endpoint.library(), file));
            if (all.size() == before && !all.containsValue(file)) {
                throw new TalariaException("--library " + text + ": the journal has no C++ endpoint or library " + name
                        + ": give the name of an endpoint, or of a library as the journal has it");
            }
        }
        return all;
    }

    private static boolean matches(EndpointInfo endpoint, String name) {
        return name.isEmpty()
                || endpoint.name().equals(name)
                || endpoint.library().equals(name)
                || String.valueOf(Path.of(endpoint.library()).getFileName()).equals(name);
    }
}
