package org.talaria.journal.replay;

import java.util.function.Supplier;
import org.talaria.journal.show.Shown;

/** Called before each message of a replay, on its thread. */
@FunctionalInterface
public interface StepListener {
    /**
     * A message is about to be fed.
     *
     * @param message decoded when it is asked for, inside this call only
     * @return false to end the replay before it
     */
    boolean before(Supplier<Shown> message);
}
