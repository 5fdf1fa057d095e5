package org.talaria.internal.engine;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a handler's ask goes on with, in its own turn. */
@FunctionalInterface
interface Continuation {
    /** The reply, or the failure. */
    void resume(@Nullable Object reply, @Nullable Throwable failure);

    /** Of a user's function. */
    @SuppressWarnings("unchecked")
    static <R> Continuation of(BiConsumer<? super @Nullable R, ? super @Nullable Throwable> then) {
        return (reply, failure) -> then.accept((R) reply, failure);
    }
}
