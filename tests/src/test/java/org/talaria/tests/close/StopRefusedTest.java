package org.talaria.tests.close;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.talaria.ActorRef;
import org.talaria.Outcome;
import org.talaria.Talaria;
import org.talaria.actor.Actor;
import org.talaria.actor.ActorOptions;
import org.talaria.actor.Actors;
import org.talaria.actor.Receive;
import org.talaria.tests.messages.Blob;
import org.talaria.tests.messages.Note;
import org.talaria.tests.support.BothEngines;
import org.talaria.tests.support.Fabric;

/** A parent stops behind its children, whatever room there is to tell them. */
class StopRefusedTest {
    private static final int HARD_BYTES = 64 << 10;

    private final List<String> events = new ArrayList<>();
    private int refusals;

    /** Number 1 makes children: one on each of two shards. */
    final class Parent extends Actor<Note> {
        @Override
        protected Receive<Note> receive() {
            return on(Note.class, (note, context) -> {
                for (int shard = 0; shard < 2; shard++) {
                    String name = "child-" + shard + "-" + note.number();
                    Actors there =
                            context.children().with(ActorOptions.options().onShard(shard));
                    there.actor(name, () -> new Child(name));
                }
            });
        }

        @Override
        protected void stopped() {
            events.add("parent");
        }
    }

    final class Child extends Actor<Note> {
        private final String name;

        Child(String name) {
            this.name = name;
        }

        @Override
        protected Receive<Note> receive() {
            return on(Note.class, note -> {});
        }

        @Override
        protected void stopped() {
            events.add(name);
        }
    }

    private static Actors on(Talaria talaria, int shard) {
        return talaria.with(ActorOptions.options().onShard(shard));
    }

    /** An actor on shard 0 that sends to a shard until it is refused: behind it, in the same turn, nothing more fits there. */
    private ActorRef<Note> flooder(Talaria talaria, int shard) {
        ActorRef<Blob> sink = on(talaria, shard).actor("sink", Blob.class, blob -> {});
        return on(talaria, 0).actor("flooder", Note.class, note -> {
            int length = 2_000;
            while (length > 0) {
                Outcome outcome = sink.tell(new Blob(new byte[length]));
                if (!outcome.accepted()) {
                    refusals++;
                    length /= 2;
                }
            }
            while (sink.tell(new Blob(new byte[0])).accepted()) {
                refusals += 0;
            }
        });
    }

    private void stopsInAFlood(Fabric fabric, int flooded) {
        Talaria talaria = fabric.invoker(config -> config.overflowHardBytes(HARD_BYTES));
        ActorRef<Note> parent = on(talaria, 0).actor("parent", Parent::new);
        parent.tell(new Note(1)).orThrow();
        ActorRef<Note> flooder = flooder(talaria, flooded);
        Fabric.drain(talaria);
        flooder.tell(new Note(1)).orThrow();
        talaria.stop(parent).orThrow();
        Fabric.drain(talaria);
        assertTrue(refusals > 0);
        assertEquals("parent", events.get(events.size() - 1), events::toString);
        assertEquals(3, events.size(), events::toString);
        assertEquals(2, talaria.stats().endpoints(), "flooder and sink");
        Fabric.balanced(talaria);
        assertEquals(List.of(), fabric.letters());
        assertEquals(List.of(), fabric.errors());
    }

    @BothEngines
    void aChildElsewhereWithoutRoomIsToldLater(Fabric fabric) {
        stopsInAFlood(fabric, 1);
    }

    @BothEngines
    void aChildHereWithoutRoomIsStoppedAtOnce(Fabric fabric) {
        stopsInAFlood(fabric, 0);
    }

    /** While the parent waits it is alive: it may have more children, which end first as well. */
    @BothEngines
    void childrenThatAreMadeMeanwhileStopToo(Fabric fabric) {
        Talaria talaria = fabric.invoker();
        ActorRef<Note> parent = on(talaria, 0).actor("parent", Parent::new);
        parent.tell(new Note(1)).orThrow();
        Fabric.drain(talaria);
        talaria.stop(parent).orThrow();
        parent.tell(new Note(2)).orThrow();
        talaria.stop(parent).orThrow();
        Fabric.drain(talaria);
        assertEquals("parent", events.get(events.size() - 1), events::toString);
        assertEquals(5, events.size(), events::toString);
        assertEquals(0, talaria.stats().endpoints());
        assertEquals(List.of(), fabric.letters());
    }
}
