package org.talaria.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LayoutTextTest {
    @Test
    void namesTheConstantThatDiffers() {
        assertEquals(
                "ring.tail is 8 here and 16 in the library",
                LayoutText.difference("a=1;ring.tail=8;", "a=1;ring.tail=16;"));
    }

    @Test
    void namesConstantsThatOneSideLacks() {
        assertEquals("b is unknown to the library, c is unknown here", LayoutText.difference("a=1;b=2;", "a=1;c=3;"));
    }

    @Test
    void namesAFewOfMany() {
        assertEquals(
                "a is unknown to the library, b is unknown to the library, c is unknown to the library, d is unknown to the library,"
                        + " e is unknown to the library and 2 more",
                LayoutText.difference("a=1;b=1;c=1;d=1;e=1;f=1;g=1;", ""));
    }

    @Test
    void saysSoWhenNoConstantDiffers() {
        assertEquals(
                "the same constants in another order, or a hash computed in another way",
                LayoutText.difference("a=1;b=2;", "b=2;a=1;"));
    }
}
