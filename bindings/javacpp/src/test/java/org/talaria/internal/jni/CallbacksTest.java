package org.talaria.internal.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.talaria.bindings.BlockHandler;
import org.talaria.bindings.CoreApi;
import org.talaria.bindings.FailureHandler;
import org.talaria.bindings.NativeLibrary;
import org.talaria.bindings.SuccessionHandler;

/** The way up from C: each call goes through the C function that the core is given. */
@Tag("native")
class CallbacksTest {
    private static final FailureHandler NO_FAILURES = (record, reason, text, shard, worker) -> {};
    private static final BlockHandler NO_BLOCKS = (address, lengthBytes, position, shard, worker) -> 0;

    private static final SuccessionHandler NO_SUCCESSIONS = (endpoint, worker) -> -1;

    /** Seen from Java as any C function of this type: a call goes down to C, and from there up to the one instance. */
    private static BlockCallback block;

    private static FailureCallback failure;

    private static SuccessionCallback succession;

    @BeforeAll
    static void load() {
        NativeLibrary.Status status = NativeLibrary.load(-1, 0, "");
        assertTrue(status.reason().contains("version -1"), status.reason());
        block = new BlockCallback(Callbacks.Pointers.BLOCK);
        failure = new FailureCallback(Callbacks.Pointers.FAILURE);
        succession = new SuccessionCallback(Callbacks.Pointers.SUCCESSION);
    }

    @Test
    void blockArrivesWhole() {
        List<Object> seen = new ArrayList<>();
        int user = Callbacks.take(
                (address, lengthBytes, position, shard, worker) -> {
                    seen.addAll(List.of(address, lengthBytes, position, shard, worker));
                    return 7L | 3L << 32;
                },
                NO_FAILURES,
                NO_SUCCESSIONS);

        assertEquals(7L | 3L << 32, block.call(user, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 40, 1023, 31));
        assertEquals(List.of(Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 40, 1023, 31), seen);
        Callbacks.release(user);
    }

    @Test
    void moreEnginesThanJavaCppHasFunctions() {
        List<Integer> users = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long answer = i;
            users.add(Callbacks.take(
                    (address, lengthBytes, position, shard, worker) -> answer, NO_FAILURES, NO_SUCCESSIONS));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, block.call(users.get(i), 0, 0, 0, 0, 0));
        }
        users.forEach(Callbacks::release);
    }

    @Test
    void handlersAreHeldWhateverTheCollectorDoes() {
        int user = Callbacks.take(
                (address, lengthBytes, position, shard, worker) -> position + 1, NO_FAILURES, NO_SUCCESSIONS);
        for (int i = 0; i < 3; i++) {
            System.gc();
            assertEquals(i + 1, block.call(user, 0, 0, i, 0, 0));
        }
        Callbacks.release(user);
    }

    @Test
    void whatABlockHandlerThrowsBecomesMinusOne() {
        int user = Callbacks.take(
                (address, lengthBytes, position, shard, worker) -> {
                    throw new IllegalStateException("thrown on purpose by " + CallbacksTest.class.getSimpleName());
                },
                NO_FAILURES,
                NO_SUCCESSIONS);

        assertEquals(-1, block.call(user, 0, 0, 0, 0, 0));
        // The next call on this thread finds no exception pending.
        assertTrue(CoreApi.abiVersion() > 0);
        Callbacks.release(user);
    }

    @Test
    void closedEngineIsAFailedBlockNotACrash() {
        int user = Callbacks.take(NO_BLOCKS, NO_FAILURES, NO_SUCCESSIONS);
        Callbacks.release(user);

        assertEquals(-1, block.call(user, 0, 0, 0, 0, 0));
    }

    @Test
    void failureArrivesWithItsTextInUtf8() {
        List<Object> seen = new ArrayList<>();
        int user = Callbacks.take(
                NO_BLOCKS,
                (record, reason, text, shard, worker) -> seen.addAll(List.of(record, reason, text, shard, worker)),
                NO_SUCCESSIONS);

        failure.call(user, 4096, 4, "Überlauf → 航班", 5, 6);
        assertEquals(List.of(4096L, 4, "Überlauf → 航班", 5, 6), seen);
        Callbacks.release(user);
    }

    @Test
    void whatAFailureHandlerThrowsIsSwallowed() {
        int user = Callbacks.take(
                NO_BLOCKS,
                (record, reason, text, shard, worker) -> {
                    throw new IllegalStateException("thrown on purpose by " + CallbacksTest.class.getSimpleName());
                },
                NO_SUCCESSIONS);

        failure.call(user, 0, 0, "", 0, 0);
        assertTrue(CoreApi.abiVersion() > 0);
        Callbacks.release(user);
    }

    @Test
    void successionArrivesWholeAndIsAnswered() {
        int user = Callbacks.take(NO_BLOCKS, NO_FAILURES, (endpoint, worker) -> endpoint * 100 + worker);

        assertEquals(4_711_031, succession.call(user, 47_110, 31));
        Callbacks.release(user);
    }

    @Test
    void whatASuccessionHandlerThrowsBecomesMinusOne() {
        int user = Callbacks.take(NO_BLOCKS, NO_FAILURES, (endpoint, worker) -> {
            throw new IllegalStateException("thrown on purpose by " + CallbacksTest.class.getSimpleName());
        });

        assertEquals(-1, succession.call(user, 0, 0));
        assertTrue(CoreApi.abiVersion() > 0);
        Callbacks.release(user);
    }

    @Test
    void refusedOpenSaysWhyAndKeepsNothing() {
        int before = Callbacks.take(NO_BLOCKS, NO_FAILURES, NO_SUCCESSIONS);
        Callbacks.release(before);

        assertTrue(CoreApi.engineOpen(0, 0, NO_BLOCKS, NO_FAILURES, NO_SUCCESSIONS) < 0);
        assertTrue(!CoreApi.lastError().isEmpty());
        int after = Callbacks.take(NO_BLOCKS, NO_FAILURES, NO_SUCCESSIONS);
        assertEquals(before, after);
        Callbacks.release(after);
    }
}
