package org.talaria.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chronicle reports its use to a host on the internet by default; here it has nothing to do that with, and does not try. */
class NoAnalyticsTest {
    @TempDir
    Path folder;

    private static Set<String> sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(NoAnalyticsTest::target)
                    .filter(target -> target.startsWith("socket:"))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed meanwhile.
            return "";
        }
    }

    @Test
    void shouldHaveNoAnalyticsOnTheClassPath() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
        assertFalse(System.getProperty("java.class.path").contains("chronicle-analytics"));
    }

    @Test
    void shouldTryNoConnection() throws IOException {
        Queue<URI> tried = new ConcurrentLinkedQueue<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                tried.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                tried.add(uri);
            }
        });
        try {
            Set<String> open = sockets();
            try (FakeEngine engine = new FakeEngine(Journal.at(folder), 1, 2, 1, 64 << 10)) {
                engine.spawn(3);
                engine.run(1_000);
                engine.drain();
                engine.writer.flush();
                assertEquals(open, sockets());
            }
            assertEquals("true", System.getProperty("chronicle.analytics.disable"));
            assertEquals(List.of(), List.copyOf(tried));
        } finally {
            ProxySelector.setDefault(before);
        }
    }
}
