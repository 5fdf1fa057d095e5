package org.talaria.message;

import org.talaria.ActorRef;
import org.talaria.internal.engine.Engines;

/**
 * An endpoint's address as a value, to travel in messages.
 *
 * @param index its row in the endpoint table
 * @param generation which endpoint of that row, 1 … 65,534
 */
public record Address(int index, int generation) {
    /** The address of an endpoint. */
    public static Address of(ActorRef<?> ref) {
        return Engines.addressOf(ref);
    }
}
