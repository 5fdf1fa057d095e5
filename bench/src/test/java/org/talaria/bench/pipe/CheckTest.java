package org.talaria.bench.pipe;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CheckTest {
    private final Check check = new Check();

    private void inAnotherThread(Runnable body) throws InterruptedException {
        Thread thread = new Thread(body);
        thread.start();
        thread.join();
    }

    @Test
    void whatWasSentArrives() throws InterruptedException {
        check.expect(2);
        long before = System.nanoTime();
        inAnotherThread(() -> {
            check.two(0, 1);
            check.eight(1, 2, 3, 4, 5, 6, 7, 8);
        });
        assertTrue(check.await() >= before);
    }

    @Test
    void aSecondRunGoesOnWhereTheFirstEnded() throws InterruptedException {
        check.expect(1);
        inAnotherThread(() -> check.two(0, 1));
        check.await();
        check.expect(1);
        inAnotherThread(() -> check.two(1, 2));
        assertDoesNotThrow(check::await);
    }

    @Test
    void aDamagedWordTells() throws InterruptedException {
        check.expect(1);
        inAnotherThread(() -> check.eight(0, 1, 2, 3, 4, 5, 6, 8));
        assertThrows(IllegalStateException.class, check::await);
    }

    @Test
    void swappedMessagesTell() throws InterruptedException {
        check.expect(2);
        inAnotherThread(() -> {
            check.two(1, 2);
            check.two(0, 1);
        });
        assertThrows(IllegalStateException.class, check::await);
    }

    @Test
    void aMessageTooManyTells() throws InterruptedException {
        check.expect(1);
        inAnotherThread(() -> {
            check.two(0, 1);
            check.two(1, 2);
        });
        assertThrows(IllegalStateException.class, check::await);
    }

    @Test
    void aProducerThatConsumesTells() {
        check.expect(1);
        check.two(0, 1);
        assertThrows(IllegalStateException.class, check::await);
    }
}
