package org.talaria.tests.order;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.talaria.ActorRef;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** R10: a shard that never runs out of messages, one at a time, holds its worker no longer than till the next look; the others come then. */
class FairnessTest {
    private static final int BEGUN = 100;
    private static final int LOOKS = 16;

    @BothEngines
    void aShardThatIsNeverEmptyLetsOthersIn(Fabric fabric) throws InterruptedException {
        try (Talaria talaria = fabric.open(config -> config.workers(1).shards(2))) {
            CountDownLatch done = new CountDownLatch(1);
            // One worker: one thread handles all of these
            int[] busyHandled = new int[1];
            int[] whenOtherCame = new int[1];
            ActorRef<Note> other = talaria.with(ActorOptions.options().onShard(1))
                    .actor("other", Note.class, note -> {
                        whenOtherCame[0] = busyHandled[0];
                        done.countDown();
                    });
            AtomicReference<ActorRef<Note>> self = new AtomicReference<>();
            ActorRef<Note> busy = talaria.with(ActorOptions.options().onShard(0))
                    .actor("busy", Note.class, note -> {
                        busyHandled[0]++;
                        if (busyHandled[0] == BEGUN) {
                            other.tell(note).orThrow();
                        }
                        if (whenOtherCame[0] == 0 && busyHandled[0] < BEGUN + 100_000) {
                            self.get().tell(note).orThrow();
                        }
                    });
            self.set(busy);
            busy.tell(new Note(1)).orThrow();
            done.await();
            Fabric.settle(talaria);
            assertTrue(
                    whenOtherCame[0] <= BEGUN + LOOKS,
                    () -> whenOtherCame[0] - BEGUN + " messages of the busy shard came before");
        }
    }
}
