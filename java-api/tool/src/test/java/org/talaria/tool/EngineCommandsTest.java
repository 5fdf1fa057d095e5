package org.talaria.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talaria.EngineKind;
import org.talaria.Talaria;
import org.talaria.TalariaConfig;
import org.talaria.TalariaException;
import org.talaria.internal.memory.RegionDescriptor;
import org.talaria.internal.monitor.RunningEngines;

/** top, errors and dump on engines of another process. */
@Timeout(60)
class EngineCommandsTest {
    @TempDir
    private static Path folder;

    private static BusyEngines engines;
    private static List<Path> regions;

    @TempDir
    private Path own;

    @BeforeAll
    static void start() throws Exception {
        engines = BusyEngines.in(folder);
        regions = RunningEngines.find(List.of(folder));
        assertEquals(2, regions.size(), regions.toString());
    }

    @AfterAll
    static void end() throws Exception {
        engines.close();
    }

    private static String ok(Object... args) {
        Tool tool = Tool.run(args);
        assertEquals(0, tool.exitCode(), tool.err() + tool.out());
        assertEquals("", tool.err());
        return tool.out();
    }

    private static String refused(Object... args) {
        Tool tool = Tool.run(args);
        assertEquals(2, tool.exitCode(), tool.err() + tool.out());
        assertEquals("", tool.out());
        assertEquals(1, tool.err().lines().count(), tool.err());
        return tool.err();
    }

    /** A region whose engine is gone: a file that nobody has locked. */
    private Path stale() throws Exception {
        Path region = regions.get(0);
        Path table = region.resolveSibling(region.getFileName().toString().replace(".region", ".endpoints"));
        Files.copy(table, own.resolve(table.getFileName()));
        return Files.copy(region, own.resolve(region.getFileName()));
    }

    @Test
    void topNamesTheBusyEndpoint() {
        for (Path region : regions) {
            String json = ok("top", region, "--once", "--json", "--interval", "10ms");
            assertEquals(1, json.lines().count());
            assertTrue(json.startsWith("{\"pid\":" + engines.pid() + ",\"state\":\"RUNNING\","), json);
            assertTrue(json.contains("\"state\":\"DRAINING\",\"shard\":1,\"endpoint\":\"busy\","), json);
            assertTrue(json.contains("\"endpoints\":[{\"name\":\"busy\",\"index\":1,"), json);
            assertTrue(json.contains("\"dead letters: handler_failed\":1,"), json);
            String text = ok("top", region, "--once", "--interval", "10ms", "--limit", "1");
            assertTrue(text.contains("\nworker 0  DRAINING      1  "), text);
            assertTrue(text.lines().anyMatch(line -> line.startsWith("busy  ")), text);
            assertEquals(
                    1, text.lines().filter(line -> line.startsWith("shard ")).count(), text);
        }
    }

    @Test
    void topSorts() {
        String byDepth = ok("top", regions.get(0), "--once", "--interval", "10ms", "--sort", "depth");
        assertTrue(byDepth.indexOf("\nshard 1 ") < byDepth.indexOf("\nshard 0 "), byDepth);
        String byName = ok("top", regions.get(0), "--once", "--interval", "10ms", "--sort", "name");
        assertTrue(byName.indexOf("\nshard 0 ") < byName.indexOf("\nshard 1 "), byName);
    }

    @Test
    void errorsAreTold() {
        for (Path region : regions) {
            String text = ok("errors", region);
            assertTrue(text.startsWith("1 times, from 20"), text);
            assertTrue(text.contains("java.lang.IllegalStateException: on purpose"), text);
            assertTrue(text.contains("the handler of busy has run for 1 ms on talaria-worker-0"), text);
            assertEquals(2, ok("errors", region, "--json").lines().count());
        }
    }

    @Test
    void dumpTellsWhoDrainsWhat() {
        for (Path region : regions) {
            String text = ok("dump", region);
            assertTrue(
                    text.startsWith("engine of process " + engines.pid() + ", RUNNING: accepted 2, handled 0, dead 1"),
                    text);
            assertTrue(text.contains("  worker 0 drains shard 1 for "), text);
            assertTrue(text.contains(", in the handler of busy\n"), text);
        }
    }

    @Test
    void whichEngineIsMeant() {
        String pid = String.valueOf(engines.pid());
        List<Path> one = regions.subList(1, 2);
        assertEquals(one.get(0), EngineChoice.choose(null, () -> one));
        assertEquals(one.get(0), EngineChoice.choose(pid, () -> one));
        assertEquals(Path.of("some.region"), EngineChoice.choose("some.region", List::of));
        assertRefused("no engine runs that can be read from here: start ", null, List.of());
        assertRefused("several engines run: give a PID or FILE of " + pid + " (", null, regions);
        assertRefused("process " + pid + " has several engines: give a FILE of " + pid + " (", pid, regions);
        assertRefused("process 1 has no engine that can be read from here: ", "1", regions);
    }

    private static void assertRefused(String start, String given, List<Path> running) {
        String text = assertThrows(TalariaException.class, () -> EngineChoice.choose(given, () -> running))
                .getMessage();
        assertTrue(text.startsWith(start), text);
    }

    @Test
    void anEngineThatHasEndedIsNotFoundAndLeftAlone() throws Exception {
        Path stale = stale();
        assertEquals(List.of(), RunningEngines.find(List.of(own)));
        assertTrue(Files.exists(stale));
        Tool top = Tool.run("top", stale, "--interval", "10ms");
        assertEquals(0, top.exitCode());
        assertEquals("talaria top: the engine has ended; these were its last figures\n", top.err());
        assertTrue(top.out().contains("\nbusy  "), top.out());
        assertTrue(Tool.run("dump", stale).err().contains("has ended"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top", "errors", "dump"})
    void whatCannotBeReadIsRefused(String command) throws Exception {
        assertTrue(refused(command, own.resolve("none")).contains("there is no "));
        Path text = Files.writeString(own.resolve("text"), "no region");
        assertTrue(refused(command, text).contains("is no region: give a file talaria-PID-N.region, or a PID"));
        Path other = stale();
        try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
            assertTrue(refused(command, other).contains(" is cut off: "));
            channel.write(ByteBuffer.allocate(8), RegionDescriptor.LAYOUT_HASH_OFFSET);
        }
        assertTrue(
                refused(command, other).contains(" is of another version of Talaria (layout 1, hash 0; this is 1, "));
    }

    @Test
    void anEngineOfThisProcessIsNotOpened() {
        try (Talaria talaria = Talaria.open(TalariaConfig.config()
                .engine(EngineKind.JAVA)
                .shards(1)
                .maxEndpoints(16)
                .regionFolder(own))) {
            assertEquals("RUNNING", talaria.monitor().snapshot().state());
            assertEquals(List.of(), RunningEngines.find(List.of(own)));
            Path region = own.resolve("talaria-" + ProcessHandle.current().pid() + "-0.region");
            assertTrue(refused("dump", region).contains(" is an engine of this process: ask its monitor()"));
        }
    }

    @Test
    void wrongUsageNamesTheRange() {
        Path region = regions.get(0);
        assertTrue(refused("top", region, "--sort", "colour").contains("give one of busy, handled, depth, high-water"));
        assertTrue(refused("top", region, "--interval", "0s").contains("give one such as 500ms or 2s"));
        assertTrue(refused("top", region, "--interval", "soon").contains("give one such as 500ms or 2s"));
        assertTrue(refused("top", region, "--limit", "0").contains("give 1 or more"));
    }
}
