package org.talaria.journal.replay;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.talaria.ActorRef;
import org.talaria.actor.Actors;
import org.talaria.actor.Snapshot;

/**
 * Where a {@link ReplayApplication} registers its handlers. The thread that replays only.
 *
 * <p>C++ endpoints need no word: their library is in the journal.
 */
public interface ReplayRegistry {
    /**
     * Makes endpoints at once, under the names they had in the run. What is sent while they are made goes nowhere. Mailboxes' bounds do not matter: what the
     * run refused is refused again, nothing else.
     */
    Actors actors();

    /** Makes an endpoint whose name fulfils a condition when it is first needed. Of several conditions the first that holds decides. */
    void matching(Predicate<String> names, BiConsumer<String, Actors> maker);

    /** A reference for handlers to send to; the endpoint is made if a condition of {@link #matching} holds for its name. @throws org.talaria.TalariaException if there is none */
    <M> ActorRef<M> ref(String name, Class<M> type);

    /** The state of an endpoint that is no {@link org.talaria.actor.Actor} with a {@link Snapshot} of its own. */
    void snapshot(String name, Snapshot snapshot);

    /** Another handler library than the journal names for an endpoint, or a handler where the run had a Java actor. */
    void nativeHandler(String name, Path library, String symbol);

    /** Names of all endpoints in the journal. */
    Set<String> endpoints();
}
