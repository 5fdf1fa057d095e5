package org.talaria.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.talaria.message.Codec;

/** Messages that Java wrote, read by C++ through the generated header: the same values; and what C++ writes of them is the same bytes. */
class CppRoundTripTest {
    private static final int RECORDS = 8;
    private static final int VALUES = 30;

    /** Messages in the order in which they go to the program. */
    private record Sent(ByteArrayOutputStream input, List<String> texts, ByteArrayOutputStream copies) {}

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void cppReadsAndWritesTheSame(@ForAll long seed) throws Exception {
        Cpp.assumeThere();
        try (Schemas schemas = Schemas.random(seed, RECORDS)) {
            Sent sent = send(schemas, seed);
            Path program = compile(schemas);
            Path input = schemas.folder().resolve("input");
            Path copies = schemas.folder().resolve("copies");
            Path texts = schemas.folder().resolve("texts");
            Files.write(input, sent.input().toByteArray());
            Cpp.run(schemas.folder(), program.toString(), input.toString(), copies.toString(), texts.toString());
            assertEquals(sent.texts(), Files.readAllLines(texts));
            assertArrayEquals(sent.copies().toByteArray(), Files.readAllBytes(copies));
        }
    }

    private static Sent send(Schemas schemas, long seed) throws ReflectiveOperationException, IOException {
        Sent sent = new Sent(new ByteArrayOutputStream(), new ArrayList<>(), new ByteArrayOutputStream());
        for (int type = 0; type < schemas.types().size(); type++) {
            Codec<Object> codec = schemas.codec(schemas.types().get(type));
            for (int i = 0; i < VALUES; i++) {
                Object message = new RandomValues(seed + i).record(codec.type());
                byte[] bytes = Bytes.encode(codec, message);
                sent.input()
                        .write(ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(type)
                                .putInt(bytes.length)
                                .array());
                sent.input().write(bytes);
                sent.copies().write(bytes);
                sent.texts().add(Dump.of(message));
            }
        }
        return sent;
    }

    private static Path compile(Schemas schemas) throws IOException, InterruptedException {
        String header = Compiler.read(schemas.folder().resolve("messages.h"));
        List<String> enums = Pattern.compile("enum class (\\w+)")
                .matcher(header)
                .results()
                .map(each -> each.group(1))
                .toList();
        String source = new CppProgram(schemas.types()).write(CppProgram.usesUuid(schemas.types()), enums);
        Files.writeString(schemas.folder().resolve("program.cpp"), source);
        return Cpp.compile(schemas.folder(), "program.cpp", "program");
    }
}
