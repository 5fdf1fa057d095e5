package org.talaria.internal.engine;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.message.Codec;
import org.talaria.message.Message;

/** Finds the generated codec of a record class: {@code INSTANCE} of the class {@code <simple name>Codec} in its package. */
public final class Codecs {
    private static final ClassValue<Object> FOUND = new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Codecs() {}

    /** The codec of a record class. @throws TalariaException if there is none */
    @SuppressWarnings("unchecked")
    public static <M> Codec<M> of(Class<M> type) {
        Object found = FOUND.get(type);
        if (found instanceof Codec<?>) {
            return (Codec<M>) found;
        }
        throw new TalariaException((String) found);
    }

    /** The codec, or null for a class that is no {@code @Message}: it travels by reference. */
    @SuppressWarnings("unchecked")
    static <M> @Nullable Codec<M> orNull(Class<M> type) {
        Object found = FOUND.get(type);
        if (found instanceof Codec<?>) {
            return (Codec<M>) found;
        }
        if (type.isAnnotationPresent(Message.class)) {
            throw new TalariaException((String) found);
        }
        return null;
    }

    private static Object find(Class<?> type) {
        String name = type.getPackageName() + '.' + type.getSimpleName() + "Codec";
        if (!type.isAnnotationPresent(Message.class)) {
            return type.getName() + " is no message: annotate the record with @Message";
        }
        try {
            Class<?> codec = Class.forName(name, true, type.getClassLoader());
            Field instance = codec.getDeclaredField("INSTANCE");
            instance.setAccessible(true);
            return instance.get(null);
        } catch (ClassNotFoundException e) {
            return type.getName() + " has no generated codec " + name
                    + ": add talaria-processor to the compiler's annotation processor path";
        } catch (ReflectiveOperationException | LinkageError e) {
            return name + " cannot be used: " + e;
        }
    }
}
