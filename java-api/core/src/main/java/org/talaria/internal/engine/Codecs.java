package org.talaria.internal.engine;

import java.lang.reflect.Field;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.message.Codec;
import org.talaria.message.Message;
import org.talaria.message.Schema;

/** Finds the generated codec of a record class: {@code INSTANCE} of the class {@code <simple name>Codec} in its package. */
public final class Codecs {
    private static final ClassValue<Object> FOUND = new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** Every schema whose codec was loaded, whether or not an engine knows it: only for messages to people. */
    private static final ConcurrentHashMap<Integer, Schema> MET = new ConcurrentHashMap<>();

    private Codecs() {}

    /** A codec was made. */
    public static void met(Schema schema) {
        MET.put(schema.id(), schema);
    }

    /** The schema of an id, if a codec of it was loaded. */
    static @Nullable Schema schemaOf(int id) {
        return MET.get(id);
    }

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
        String place = type.getPackageName();
        String name = (place.isEmpty() ? "" : place + '.') + type.getSimpleName() + "Codec";
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
