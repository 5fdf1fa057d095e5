package org.talaria.message;

import java.util.function.Supplier;

/**
 * The generated token of a view: carries both types, so that nothing is looked up by name.
 *
 * @param <M> the message
 * @param <V> its view
 */
public final class ViewType<M, V extends View<M>> {
    private final Class<M> message;
    private final Supplier<V> maker;

    private ViewType(Class<M> message, Supplier<V> maker) {
        this.message = message;
        this.maker = maker;
    }

    /** For generated code. */
    public static <M, V extends View<M>> ViewType<M, V> of(Class<M> message, Supplier<V> maker) {
        return new ViewType<>(message, maker);
    }

    /** The message's class. */
    public Class<M> message() {
        return message;
    }

    /** A new view, on no message. */
    public V newView() {
        return maker.get();
    }
}
