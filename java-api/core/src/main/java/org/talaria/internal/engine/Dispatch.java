package org.talaria.internal.engine;

import java.lang.reflect.ParameterizedType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.talaria.DeadLetter;
import org.talaria.actor.Actor;
import org.talaria.actor.ContextHandler;
import org.talaria.actor.Receive;
import org.talaria.message.Codec;

/**
 * What an endpoint does with each record class: by schema id for the drainer, by class for senders. Immutable once built; shared by endpoints with one handler.
 *
 * @param <M> what may be told
 */
final class Dispatch<M> {
    private final Int2ObjectHashMap<Entry> byId = new Int2ObjectHashMap<>();
    private final Map<Class<?>, Codec<?>> byClass = new HashMap<>();
    private final @Nullable Codec<?> only;

    Dispatch(
            Engine engine,
            Map<Class<?>, ContextHandler<Object>> handlers,
            @Nullable ContextHandler<Object> otherwise,
            Class<?>... also) {
        handlers.forEach((type, handler) -> add(engine, type, handler));
        if (otherwise != null) {
            for (Class<?> type : also) {
                if (!handlers.containsKey(type)) {
                    add(engine, type, otherwise);
                }
            }
        }
        only = byClass.size() == 1 ? byClass.values().iterator().next() : null;
    }

    private void add(Engine engine, Class<?> type, ContextHandler<Object> handler) {
        for (Class<?> record : Cells.recordsOf(type)) {
            Codec<?> codec = Codecs.of(record);
            engine.schemas().register(codec);
            byClass.put(record, codec);
            byId.put(codec.schema().id(), new Entry(codec, handler));
        }
    }

    /** Of an actor's receive; refuses one that leaves a record of the actor's sealed protocol out. */
    static <M> Dispatch<M> of(Engine engine, String name, Class<?> actor, Receive<M> receive) {
        if (receive.handlers().isEmpty() && receive.otherwise() == null) {
            throw new IllegalArgumentException("actor " + name + " handles nothing: its receive() has no on(…)");
        }
        Class<?> protocol = protocolOf(actor);
        List<Class<?>> records = protocol == null ? List.of() : Cells.recordsOf(protocol);
        List<String> missing = records.stream()
                .filter(record -> receive.handlers().keySet().stream().noneMatch(on -> on.isAssignableFrom(record)))
                .map(Class::getName)
                .toList();
        if (!missing.isEmpty() && receive.otherwise() == null) {
            throw new IllegalArgumentException("actor " + name + " does not handle " + String.join(", ", missing)
                    + ": add on(…) for each, or otherwise(…)");
        }
        return new Dispatch<>(engine, receive.handlers(), receive.otherwise(), records.toArray(Class<?>[]::new));
    }

    /** The M that an actor class extends {@code Actor<M>} with; null where it is a type variable. */
    private static @Nullable Class<?> protocolOf(Class<?> actor) {
        for (Class<?> type = actor; type != null && type != Actor.class; type = type.getSuperclass()) {
            if (type.getGenericSuperclass() instanceof ParameterizedType parent && parent.getRawType() == Actor.class) {
                return parent.getActualTypeArguments()[0] instanceof Class<?> message ? message : null;
            }
        }
        return null;
    }

    void handle(Cell<M> cell, Turn turn, int type, long payload, int lengthBytes) throws Exception {
        Entry entry = byId.get(type);
        if (entry == null) {
            throw new Unhandled(
                    DeadLetter.Reason.UNHANDLED,
                    cell.endpointName() + " has no handler for "
                            + cell.engine().schemas().describe(type));
        }
        entry.handler().handle(entry.codec().decode(payload, lengthBytes), turn.context());
    }

    @SuppressWarnings("unchecked")
    Codec<M> codecOf(M message) {
        Codec<?> single = only;
        if (single != null && single.type() == message.getClass()) {
            return (Codec<M>) single;
        }
        Codec<?> known = byClass.get(message.getClass());
        return (Codec<M>) (known != null ? known : Codecs.of(message.getClass()));
    }

    boolean accepts(Class<?> type) {
        List<Class<?>> records = Cells.recordsOf(type);
        return !records.isEmpty() && byClass.keySet().containsAll(records);
    }

    /** The record classes, for the journal. */
    String typeNames() {
        return byClass.keySet().stream().map(Class::getName).sorted().collect(Collectors.joining(","));
    }

    private record Entry(Codec<?> codec, ContextHandler<Object> handler) {}
}
