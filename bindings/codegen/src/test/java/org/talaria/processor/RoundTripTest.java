package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.talaria.message.Codec;
import org.talaria.message.Schema;
import org.talaria.message.View;

/** Random messages of random schemas: what is written is read, by codec and view, and equal messages have equal bytes. */
class RoundTripTest {
    private static final int RECORDS = 6;
    private static final int VALUES = 25;

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void whatIsWrittenIsRead(@ForAll long seed) throws Exception {
        try (Schemas schemas = Schemas.random(seed, RECORDS)) {
            for (Class<?> type : schemas.types()) {
                Codec<Object> codec = schemas.codec(type);
                schema(codec.schema(), type);
                for (int i = 0; i < VALUES; i++) {
                    roundTrip(codec, schemas.newView(type), type, seed + i);
                }
            }
        }
    }

    private static void schema(Schema schema, Class<?> type) {
        assertEquals(type.getName(), schema.name());
        assertEquals(Schema.idOf(schema.name(), schema.layout()), schema.id());
        assertEquals(0, schema.fixedLength() % 8);
    }

    private static void roundTrip(Codec<Object> codec, View<?> view, Class<?> type, long seed) {
        Object message = new RandomValues(seed).record(type);
        byte[] bytes = Bytes.encode(codec, message);
        assertEquals(0, bytes.length % 8);
        assertEquals(
                codec.schema().variable(),
                bytes.length > codec.schema().fixedLength() || codec.schema().variable());
        Object read = Bytes.with(bytes, codec::decode);
        assertEquals(Dump.of(message), Dump.of(read));
        assertArrayEquals(bytes, Bytes.encode(codec, read));
        Bytes.with(bytes, (address, length) -> {
            view.wrap(address, length);
            ViewReader.compare(view, (Record) message);
            assertEquals(Dump.of(message), Dump.of(view.copy()));
            return null;
        });
    }
}
