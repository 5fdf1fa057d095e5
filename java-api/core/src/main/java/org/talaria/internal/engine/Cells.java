package org.talaria.internal.engine;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.talaria.actor.Actor;
import org.talaria.actor.ContextHandler;
import org.talaria.actor.Handler;
import org.talaria.actor.Receive;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.message.Codec;
import org.talaria.message.Schema;
import org.talaria.message.Tail;
import org.talaria.message.View;
import org.talaria.message.ViewType;

/** The kinds of endpoints. */
final class Cells {
    private Cells() {}

    /** Messages of one record class, decoded, to a handler. */
    static final class OfRecord<M> extends Cell<M> {
        private final Codec<M> codec;
        private final Handler<? super M> handler;

        OfRecord(Engine engine, String name, int index, int half, Codec<M> codec, Handler<? super M> handler) {
            super(engine, name, index, half);
            this.codec = codec;
            this.handler = handler;
        }

        @Override
        void admit(Turn turn, int type, int lengthBytes) {
            if (type != codec.schema().id()) {
                throw Unhandled.schema(this, type, codec);
            }
        }

        @Override
        void handle(Turn turn, int type, long payload, int lengthBytes) throws Exception {
            handler.handle(codec.decode(payload, lengthBytes));
        }

        @Override
        Codec<M> codecOf(M message) {
            return codec;
        }

        @Override
        boolean accepts(Class<?> type) {
            return codec.type() == type;
        }

        @Override
        String typeName() {
            return codec.type().getName();
        }
    }

    /** Messages of one record class, where they lie, to a handler. */
    static final class OfView<M, V extends View<M>> extends Cell<M> {
        private final Codec<M> codec;
        private final ViewType<M, V> type;
        private final @Nullable Handler<? super V> handler;
        private final @Nullable ContextHandler<? super V> contextHandler;

        OfView(
                Engine engine,
                String name,
                int index,
                int half,
                ViewType<M, V> type,
                Codec<M> codec,
                @Nullable Handler<? super V> handler,
                @Nullable ContextHandler<? super V> contextHandler) {
            super(engine, name, index, half);
            this.type = type;
            this.codec = codec;
            this.handler = handler;
            this.contextHandler = contextHandler;
        }

        @Override
        void admit(Turn turn, int type, int lengthBytes) {
            Schema schema = codec.schema();
            if (type != schema.id()) {
                throw Unhandled.schema(this, type, codec);
            }
            // A damaged record must not be read behind its end.
            Tail.checkLength(lengthBytes, schema.fixedLength(), schema.variable(), schema.name());
            turn.view(this.type);
        }

        @Override
        @SuppressWarnings("unchecked")
        void handle(Turn turn, int type, long payload, int lengthBytes) throws Exception {
            V on = (V) turn.view();
            on.wrap(payload, lengthBytes);
            if (handler != null) {
                handler.handle(on);
            } else if (contextHandler != null) {
                contextHandler.handle(on, turn.context());
            }
        }

        @Override
        Codec<M> codecOf(M message) {
            return codec;
        }

        @Override
        boolean accepts(Class<?> type) {
            return codec.type() == type;
        }

        @Override
        String typeName() {
            return codec.type().getName();
        }
    }

    /** Messages of several record classes, or with a context: by type. */
    static final class OfReceive<M> extends Cell<M> {
        private static final ActorAccess ACCESS = new ActorAccess();

        private final Dispatch<M> dispatch;
        private final @Nullable Actor<M> actor;
        private boolean started;

        OfReceive(Engine engine, String name, int index, int half, Dispatch<M> dispatch, @Nullable Actor<M> actor) {
            super(engine, name, index, half);
            this.dispatch = dispatch;
            this.actor = actor;
            started = actor == null;
            if (actor != null) {
                ACCESS.bindTo(actor, this);
            }
        }

        /** In front of the first message, which comes before START where that is in a lower lane. */
        @Override
        void admit(Turn turn, int type, int lengthBytes) throws Exception {
            if (!started) {
                try {
                    started(turn);
                } catch (Exception e) {
                    turn.requestStop();
                    throw e;
                }
            }
        }

        @Override
        void handle(Turn turn, int type, long payload, int lengthBytes) throws Exception {
            dispatch.handle(this, turn, type, payload, lengthBytes);
        }

        @Override
        Codec<M> codecOf(M message) {
            return dispatch.codecOf(message);
        }

        @Override
        boolean accepts(Class<?> type) {
            return dispatch.accepts(type);
        }

        @Override
        String typeName() {
            return actor != null ? actor.getClass().getName() : dispatch.typeNames();
        }

        @Override
        boolean starts() {
            return actor != null;
        }

        @Override
        void started(Turn turn) throws Exception {
            if (!started) {
                started = true;
                ACCESS.start(actor);
            }
        }

        @Override
        void stopped() throws Exception {
            if (actor != null) {
                ACCESS.stop(actor);
            }
        }

        @Nullable
        Actor<M> actor() {
            return actor;
        }
    }

    /** Any Java object, by reference. */
    static final class OfReference<M> extends Cell<M> {
        private final Class<M> type;
        private final ContextHandler<? super M> handler;

        OfReference(Engine engine, String name, int index, int half, Class<M> type, ContextHandler<? super M> handler) {
            super(engine, name, index, half);
            this.type = type;
            this.handler = handler;
        }

        @Override
        void handle(Turn turn, int recordType, long payload, int lengthBytes) throws Exception {
            handler.handle(type.cast(turn.reference()), turn.context());
        }

        @Override
        @Nullable
        Codec<M> codecOf(M message) {
            return null;
        }

        @Override
        boolean accepts(Class<?> wanted) {
            return type == wanted;
        }

        @Override
        String typeName() {
            return type.getName();
        }
    }

    /** A C++ handler: its messages are handled below; only what it cannot have comes here. */
    static final class OfNative<M> extends Cell<M> {
        private final Dispatch<M> types;

        OfNative(Engine engine, String name, int index, int half, Dispatch<M> types) {
            super(engine, name, index, half);
            this.types = types;
        }

        @Override
        void handle(Turn turn, int type, long payload, int lengthBytes) {
            throw new Unhandled(
                    org.talaria.DeadLetter.Reason.UNKNOWN_SCHEMA,
                    "the C++ handler " + endpointName() + " does not know "
                            + engine().schemas().describe(type));
        }

        @Override
        Codec<M> codecOf(M message) {
            return types.codecOf(message);
        }

        @Override
        boolean accepts(Class<?> type) {
            return types.accepts(type);
        }

        @Override
        String typeName() {
            return types.typeNames();
        }

        @Override
        int kind() {
            return EndpointDescriptor.KIND_NATIVE;
        }
    }

    /** The record classes of a message type: itself, or what a sealed interface permits, all the way down. Empty: by reference. */
    static List<Class<?>> recordsOf(Class<?> type) {
        List<Class<?>> records = new ArrayList<>();
        collect(type, records);
        return records;
    }

    private static void collect(Class<?> type, List<Class<?>> records) {
        if (type.isAnnotationPresent(org.talaria.message.Message.class)) {
            if (!records.contains(type)) {
                records.add(type);
            }
        } else if (type.isSealed() && Modifier.isAbstract(type.getModifiers())) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, records);
            }
        }
    }

    /** One handler for each of a type's records. */
    static Map<Class<?>, ContextHandler<Object>> all(Class<?> type, ContextHandler<Object> handler) {
        Map<Class<?>, ContextHandler<Object>> handlers = new HashMap<>();
        for (Class<?> record : recordsOf(type)) {
            handlers.put(record, handler);
        }
        return handlers;
    }

    /** Reaches the protected methods of actors. */
    private static final class ActorAccess extends Actor.Access {
        <M> void bindTo(Actor<M> actor, Cell<M> cell) {
            bind(actor, cell);
        }

        void start(Actor<?> actor) throws Exception {
            started(actor);
        }

        void stop(Actor<?> actor) throws Exception {
            stopped(actor);
        }
    }

    /** Calls {@code receive()}. */
    static <M> Receive<M> receiveOf(Actor<M> actor) {
        return new ReceiveAccess().of(actor);
    }

    private static final class ReceiveAccess extends Actor.Access {
        <M> Receive<M> of(Actor<M> actor) {
            return receive(actor);
        }
    }
}
