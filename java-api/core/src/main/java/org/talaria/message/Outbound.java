package org.talaria.message;

import org.talaria.Outcome;
import org.talaria.Ref;
import org.talaria.internal.engine.BaseRef;

/**
 * One message on its way, of the calling thread. For generated code: {@code claim}, write exactly the claimed bytes through {@link Wire}, {@code commit};
 * nothing of the user's may run in between (R11).
 */
public abstract class Outbound extends Padding {
    /** For the engine. */
    protected Outbound() {}

    /** The calling thread's outbound towards an endpoint's engine. */
    public static Outbound to(Ref<?> ref) {
        return ((BaseRef<?>) ref).outbound();
    }

    /** Claims space for a payload; may wait for room (BLOCK). @return its address, or 0: refused, see {@link #refusal} */
    public abstract long claim(Ref<?> to, Codec<?> codec, int lengthBytes);

    /** Publishes what was claimed. */
    public abstract Outcome commit();

    /** Publishes what was claimed as a message that could not be written: a dead letter. After whatever was thrown between claim and commit. */
    public abstract void abandon();

    /** Like {@link #claim}, for a request that this thread will wait for. */
    public abstract long claimCall(Ref<?> to, Codec<?> codec, int lengthBytes);

    /** Publishes the request and waits; the reply is copied into {@code reply}. */
    public abstract Outcome commitCall(View<?> reply);

    /** Why the last claim returned 0. */
    public abstract Outcome refusal();
}
