package org.talaria.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.BackPressure;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Mailbox;
import org.talaria.tests.support.Await;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** Objects that are no {@code @Message}: passed by reference to receivers of this process. */
class ByReferenceTest {
    /** No record, no codec. */
    private static final class Parcel {
        private final int number;

        Parcel(int number) {
            this.number = number;
        }
    }

    @BothEngines
    void theReceiverGetsTheSameObject(Fabric fabric) {
        List<Parcel> got = new ArrayList<>();
        List<Parcel> sent = new ArrayList<>();
        try (Talaria talaria = fabric.open()) {
            ActorRef<Parcel> ref = talaria.actor("parcels", Parcel.class, parcel -> got.add(parcel));
            for (int i = 0; i < 10_000; i++) {
                Parcel parcel = new Parcel(i);
                sent.add(parcel);
                ref.tell(parcel).orThrow();
            }
            Fabric.settle(talaria);
        }
        assertEquals(sent.size(), got.size());
        for (int i = 0; i < sent.size(); i++) {
            assertSame(sent.get(i), got.get(i));
        }
    }

    @BothEngines(seconds = 20)
    void theEngineDoesNotKeepWhatWasHandled(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Parcel> ref = talaria.actor("parcels", Parcel.class, parcel -> {});
        List<WeakReference<Parcel>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Parcel parcel = new Parcel(i);
            sent.add(new WeakReference<>(parcel));
            ref.tell(parcel).orThrow();
        }
        Fabric.drain(talaria);
        Await.until("all are collected", () -> {
            System.gc();
            return sent.stream().allMatch(reference -> reference.get() == null);
        });
    }

    /** Nor what was refused: a slot that leaks on each refusal would end the engine. */
    @BothEngines(seconds = 20)
    void theEngineDoesNotKeepWhatWasRefused(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Parcel> ref = talaria.with(ActorOptions.options().mailbox(Mailbox.bounded(1, BackPressure.FAIL)))
                .actor("parcels", Parcel.class, parcel -> {});
        Fabric.drain(talaria);
        ref.tell(new Parcel(0)).orThrow();
        WeakReference<Parcel> refused = new WeakReference<>(refuse(ref));
        Await.until("it is collected", () -> {
            System.gc();
            return refused.get() == null;
        });
        Fabric.drain(talaria);
    }

    private static Parcel refuse(ActorRef<Parcel> ref) {
        Parcel parcel = new Parcel(1);
        assertEquals(Outcome.BACK_PRESSURED, ref.tell(parcel));
        return parcel;
    }

    @BothEngines
    void aParcelThatDiesIsInItsDeadLetter(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Parcel> ref = talaria.actor("parcels", Parcel.class, parcel -> {
            throw new IllegalStateException("on purpose " + parcel.number);
        });
        Parcel parcel = new Parcel(7);
        ref.tell(parcel).orThrow();
        Fabric.drain(talaria);
        assertSame(parcel, fabric.letters().get(0).message());
        Fabric.balanced(talaria);
    }
}
