package org.talaria.processor;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.talaria.message.Fixed;
import org.talaria.message.Message;

/** Random records of a class, from its components. */
final class RandomValues {
    private static final int MOST_ELEMENTS = 12;
    private static final String[] TEXTS = {
        "", "a", "delay", "Zürich", "東京", "🛫", "x🛬y", "exactly8", "\u0000", "\uFFFD", "nine char"
    };

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    /** A random record. */
    Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components).map(this::component).toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        boolean optional = isNullable(component);
        if (optional && random.nextInt(3) == 0) {
            return null;
        }
        Fixed fixed = component.getAnnotation(Fixed.class);
        Class<?> type = component.getType();
        if (!type.isArray()) {
            return value(type);
        }
        Object array = Array.newInstance(
                type.getComponentType(), fixed != null ? fixed.value() : random.nextInt(MOST_ELEMENTS));
        for (int i = 0; i < Array.getLength(array); i++) {
            Array.set(array, i, value(type.getComponentType()));
        }
        return array;
    }

    /** Whether a component may be null. */
    static boolean isNullable(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private Object value(Class<?> type) {
        if (type == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
        } else if (type == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        } else if (type == org.talaria.message.Address.class) {
            return new org.talaria.message.Address(random.nextInt(), random.nextInt());
        } else if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        } else if (type.isAnnotationPresent(Message.class)) {
            return record(type);
        }
        return primitive(type);
    }

    private Object primitive(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == byte.class || type == Byte.class) {
            return (byte) random.nextInt();
        } else if (type == short.class || type == Short.class) {
            return (short) random.nextInt();
        } else if (type == char.class || type == Character.class) {
            return (char) random.nextInt();
        } else if (type == int.class || type == Integer.class) {
            return random.nextInt();
        } else if (type == long.class || type == Long.class) {
            return random.nextLong();
        } else if (type == float.class || type == Float.class) {
            return random.nextInt(8) == 0 ? Float.NaN : random.nextFloat() * 1000 - 500;
        }
        return random.nextInt(8) == 0 ? -0.0 : random.nextGaussian();
    }
}
