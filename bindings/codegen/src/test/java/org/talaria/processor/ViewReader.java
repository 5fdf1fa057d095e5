package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.talaria.message.Address;
import org.talaria.message.View;

/** Compares what every accessor of a view says with the record it lies on. */
final class ViewReader {
    private ViewReader() {}

    static void compare(View<?> view, Record expected) {
        for (RecordComponent component : expected.getClass().getRecordComponents()) {
            Object value = Dump.get(expected, component);
            String name = component.getName();
            if (RandomValues.isNullable(component)) {
                String has = "has" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
                assertEquals(value != null, call(view, has), name);
            }
            if (value == null) {
                absent(view, component.getType(), name);
            } else {
                present(view, name, value);
            }
        }
    }

    private static void absent(View<?> view, Class<?> type, String name) {
        if (type.isArray()) {
            assertEquals(0, call(view, name + "Length"), name);
        } else if (Number.class.isAssignableFrom(type) || type == Boolean.class || type == Character.class) {
            assertTrue(call(view, name) != null, name);
        } else {
            assertNull(call(view, name), name);
        }
    }

    private static void present(View<?> view, String name, Object value) {
        if (value.getClass().isArray()) {
            array(view, name, value);
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertEquals(text, call(view, name));
            assertEquals(bytes.length, call(view, name + "Length"));
            for (int i = 0; i < bytes.length; i++) {
                assertEquals(bytes[i], call(view, name + "Byte", i));
            }
            outside(view, name + "Byte", bytes.length);
        } else {
            scalar(call(view, name), value);
            words(view, name, value);
        }
    }

    private static void words(View<?> view, String name, Object value) {
        if (value instanceof UUID uuid) {
            assertEquals(uuid.getMostSignificantBits(), call(view, name + "Msb"));
            assertEquals(uuid.getLeastSignificantBits(), call(view, name + "Lsb"));
        } else if (value instanceof Address address) {
            assertEquals(address.index(), call(view, name + "Index"));
            assertEquals(address.generation(), call(view, name + "Generation"));
        }
    }

    private static void array(View<?> view, String name, Object array) {
        int length = Array.getLength(array);
        assertEquals(length, call(view, name + "Length"), name);
        for (int i = 0; i < length; i++) {
            scalar(call(view, name, i), Array.get(array, i));
        }
        outside(view, name, length);
        outside(view, name, -1);
        Class<?> element = array.getClass().getComponentType();
        if (element.isPrimitive() && element != boolean.class) {
            Object into = Array.newInstance(element, length);
            assertEquals(length, call(view, name + "Into", into), name);
            assertTrue(Arrays.deepEquals(new Object[] {array}, new Object[] {into}), name);
        }
    }

    private static void outside(View<?> view, String name, int index) {
        assertThrows(IndexOutOfBoundsException.class, () -> call(view, name, index), name);
    }

    private static void scalar(@Nullable Object actual, Object expected) {
        if (actual instanceof View<?> nested) {
            compare(nested, (Record) expected);
            assertEquals(Dump.of(expected), Dump.of(nested.copy()));
        } else {
            assertEquals(expected, actual);
        }
    }

    private static @Nullable Object call(View<?> view, String name, Object... arguments) {
        try {
            for (Method method : view.getClass().getMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
                    method.setAccessible(true);
                    return method.invoke(view, arguments);
                }
            }
            throw new AssertionError(view.getClass() + " has no " + name);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
