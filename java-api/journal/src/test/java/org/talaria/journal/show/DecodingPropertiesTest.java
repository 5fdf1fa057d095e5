package org.talaria.journal.show;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.agrona.BufferUtil;
import org.talaria.TalariaException;

/** Whatever the bytes and texts of a journal are: decoding ends with values or with an error, never elsewhere. */
class DecodingPropertiesTest {
    private static final String LAYOUT =
            "flag:bool@0;side:enum(app.Side|BUY,SELL)?200@4;text:string@8;points:{x:f64@0;y:i16[3]@8#16}[]@16;at:{a:i32@0;s:string@8#16}@24;u:uuid?201[]@40#48";

    @Property(tries = 2_000)
    void anyBytesDecodeOrAreDamage(@ForAll @Size(min = 0, max = 200) byte[] bytes) {
        Layout layout = LayoutParser.parse("a:i32@0;t:string@8;p:{x:f64@0;y:i16[3]@8#16}[]@16;e:enum(S|A,B)?192@4#32");
        ByteBuffer direct = BufferUtil.allocateDirectAligned(Math.max(8, bytes.length), 64);
        direct.put(0, bytes);
        ValueWriter json = new ValueWriter(true);
        try {
            new Decoder(json).message(layout, true, BufferUtil.address(direct), bytes.length);
            String text = json.take();
            assertTrue(text.startsWith("{") && text.endsWith("}"), text);
        } catch (TalariaException expected) {
            assertTrue(expected.getMessage().contains("cannot be decoded"), expected.getMessage());
        }
    }

    @Property(tries = 2_000)
    void anyTextParsesOrIsRefused(@ForAll("broken") String text) {
        try {
            LayoutParser.parse(text);
        } catch (TalariaException expected) {
            assertTrue(expected.getMessage().contains("layout text"), expected.getMessage());
        }
    }

    @Provide
    Arbitrary<String> broken() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, LAYOUT.length() - 1);
        Arbitrary<Character> letters =
                Arbitraries.of(';', ':', '@', '#', '?', '{', '}', '[', ']', '(', ')', '|', ',', 'x', '7');
        return places.flatMap(at -> letters.map(letter -> LAYOUT.substring(0, at) + letter + LAYOUT.substring(at + 1)));
    }

    @Property
    void jsonStringsStayInside(@ForAll String text) {
        ValueWriter json = new ValueWriter(true);
        json.string(text);
        String written = json.take();
        String inside = written.substring(1, written.length() - 1);
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            assertTrue(c >= 0x20, () -> "a raw control character in " + written);
            if (c == '\\') {
                i++;
            } else {
                assertTrue(c != '"', () -> "a raw quote in " + written);
            }
        }
    }
}
