package org.talaria.internal.engine;

import java.util.List;
import org.agrona.collections.IntHashSet;
import org.talaria.internal.memory.EndpointDescriptor;
import org.talaria.message.Codec;

/** A C++ endpoint in a replay: it accepts what its library knows. Its records are fed to the library, never to this cell. */
final class ReplayedHandler extends Cell<Object> {
    private final IntHashSet known;

    ReplayedHandler(Engine engine, String name, int index, int liveHalf, IntHashSet known) {
        super(engine, name, index, liveHalf);
        this.known = known;
    }

    @Override
    void handle(Turn turn, int type, long payload, int lengthBytes) {
        throw new IllegalStateException("records of " + endpointName() + " go to its library");
    }

    @Override
    @SuppressWarnings("unchecked")
    Codec<Object> codecOf(Object message) {
        return Codecs.of((Class<Object>) message.getClass());
    }

    @Override
    boolean accepts(Class<?> type) {
        List<Class<?>> records = Cells.recordsOf(type);
        return !records.isEmpty()
                && records.stream()
                        .allMatch(record ->
                                known.contains(Codecs.of(record).schema().id()));
    }

    @Override
    String typeName() {
        return "";
    }

    @Override
    int kind() {
        return EndpointDescriptor.KIND_NATIVE;
    }
}
