package org.talaria.tests.support;

import java.lang.reflect.Field;
import org.talaria.Talaria;

/** Takes the ring of a shard away from an engine, as if there were no memory for what handlers send to it. Invoker engines only: there nobody else looks. */
public final class LostRing {
    private final Object[] rings;
    private final int shard;
    private final Object ring;

    /** Finds the ring. */
    public LostRing(Talaria talaria, int shard) {
        this.shard = shard;
        try {
            Field field = talaria.getClass()
                    .getSuperclass()
                    .getSuperclass()
                    .getSuperclass()
                    .getDeclaredField("rings");
            field.setAccessible(true);
            rings = (Object[]) field.get(talaria);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the engine keeps its rings elsewhere now", e);
        }
        ring = rings[shard];
    }

    /** From now on every access to it throws. */
    public void take() {
        rings[shard] = null;
    }

    /** It is there again. */
    public void giveBack() {
        rings[shard] = ring;
    }
}
