package org.talaria.internal.engine;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.TalariaException;
import org.talaria.internal.memory.RecordDescriptor;
import org.talaria.message.Codec;
import org.talaria.message.Request;
import org.talaria.message.Schema;

/** The schemas that an engine has met, by id; a collision of two is refused. Any thread. */
final class Schemas {
    private final ConcurrentHashMap<Integer, Codec<?>> byId = new ConcurrentHashMap<>();
    private final List<Schema> inOrder = new ArrayList<>();

    /** Registers a codec; cheap when it is known. */
    void register(Codec<?> codec) {
        Codec<?> known = byId.get(codec.schema().id());
        if (known == codec) {
            return;
        }
        synchronized (inOrder) {
            Codec<?> other = byId.putIfAbsent(codec.schema().id(), codec);
            if (other == null) {
                inOrder.add(codec.schema());
                registerReply(codec.type());
            } else if (!other.schema().equals(codec.schema())) {
                throw new TalariaException("schema id " + codec.schema().id() + " of "
                        + codec.schema().name() + " {"
                        + codec.schema().layout() + "} is taken by "
                        + other.schema().name() + " {"
                        + other.schema().layout() + "}: rename one of the two records");
            }
        }
    }

    /** A C++ handler may answer before Java has met the reply's class: what a request names as its reply is known with the request. */
    private void registerReply(Class<?> type) {
        for (Type face : type.getGenericInterfaces()) {
            if (face instanceof ParameterizedType request
                    && request.getRawType() == Request.class
                    && request.getActualTypeArguments()[1] instanceof Class<?> reply) {
                Codec<?> codec = Codecs.orNull(reply);
                if (codec != null) {
                    register(codec);
                }
            }
        }
    }

    @Nullable
    Codec<?> byId(int id) {
        return byId.get(id);
    }

    /** Schemas from number {@code from} on. */
    List<Schema> from(int from) {
        synchronized (inOrder) {
            return from >= inOrder.size() ? List.of() : List.copyOf(inOrder.subList(from, inOrder.size()));
        }
    }

    /** For messages to people. */
    String describe(int type) {
        if (type < RecordDescriptor.FIRST_MESSAGE_TYPE) {
            return "control record " + type;
        }
        Codec<?> codec = byId.get(type);
        Schema schema = codec == null ? Codecs.schemaOf(type) : codec.schema();
        return schema == null
                ? "schema " + type + ", which no class here has"
                : schema.name() + " {" + schema.layout() + "}";
    }
}
