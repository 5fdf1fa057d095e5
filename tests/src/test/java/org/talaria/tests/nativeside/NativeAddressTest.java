package org.talaria.tests.nativeside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.DeadLetter.Reason;
import org.talaria.Talaria;
import org.talaria.message.Address;
import org.talaria.tests.messages.Hop;
import org.talaria.tests.support.Fabric;
import org.talaria.tests.support.NativeOnly;

/** A29 from C++: a handler that sends where nobody is, is told so; nothing is read or written there. */
class NativeAddressTest {
    @NativeOnly
    void aMadeUpAddressInCppIsRefusedThere(Fabric fabric) {
        Talaria talaria = fabric.open(config -> config.maxEndpoints(64));
        ActorRef<Hop> cpp = talaria.nativeActor("returner", Hop.class, HandlerLibrary.handler("returner"));
        ActorRef<Hop> witness = talaria.actor("witness", Hop.class, hop -> {
            throw new AssertionError("meant for nobody: " + hop);
        });
        Address good = Address.of(witness);
        List<Address> forged = List.of(
                new Address(63, 1),
                new Address(64, 1),
                new Address(4_096, good.generation()),
                new Address(Integer.MAX_VALUE, good.generation()),
                new Address(-1, good.generation()),
                new Address(Integer.MIN_VALUE, good.generation()),
                new Address(good.index(), good.generation() + 1),
                new Address(good.index(), 0),
                new Address(good.index(), 0xFFFF));
        for (Address address : forged) {
            cpp.tell(new Hop(1, address)).orThrow();
        }
        Fabric.settle(talaria);
        assertEquals(Collections.nCopies(forged.size(), Reason.HANDLER_FAILED), fabric.reasons());
        assertTrue(
                fabric.letters().stream().allMatch(letter -> letter.target().equals("returner")),
                "the handler threw because its send was refused: " + fabric.letters());
        assertEquals(forged.size(), talaria.stats().refused());
    }
}
