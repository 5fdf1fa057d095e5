package org.talaria.processor;

import com.palantir.javapoet.CodeBlock;

/** Code that zeroes the gaps of a fixed part: a ring's memory is handed out as it is. */
final class GapCode {
    private GapCode() {}

    /** Zeroes what no component and no presence word covers. */
    static void gaps(CodeBlock.Builder out, MessageModel model) {
        int end = 0;
        for (Field field : model.fields()) {
            zero(out, end, field.offset() - end);
            end = field.offset() + field.type().bytes();
        }
        zero(out, end, model.presenceOffset() - end);
        end = model.presenceOffset() + 4 * model.presenceWords();
        zero(out, end, model.fixedLength() - end);
    }

    /** Zeroes bytes of the fixed part, with as few stores as alignment allows. */
    static void zero(CodeBlock.Builder out, int offset, int lengthBytes) {
        if (lengthBytes > 32) {
            out.addStatement("$T.zero(at_ + $L, $L)", Runtime.WIRE, offset, lengthBytes);
            return;
        }
        int at = offset;
        int end = offset + lengthBytes;
        while (at < end) {
            int size = 8;
            while (at % size != 0 || at + size > end) {
                size /= 2;
            }
            store(out, at, size);
            at += size;
        }
    }

    private static void store(CodeBlock.Builder out, int at, int size) {
        switch (size) {
            case 8 -> out.addStatement("$T.putLong(at_ + $L, 0L)", Runtime.WIRE, at);
            case 4 -> out.addStatement("$T.putInt(at_ + $L, 0)", Runtime.WIRE, at);
            case 2 -> out.addStatement("$T.putShort(at_ + $L, (short) 0)", Runtime.WIRE, at);
            default -> out.addStatement("$T.putByte(at_ + $L, (byte) 0)", Runtime.WIRE, at);
        }
    }
}
