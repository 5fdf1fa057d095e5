package org.talaria.processor;

import java.util.HashMap;
import java.util.Map;

/** Writes the C++ struct of a message. */
final class StructWriter {
    private final MessageModel model;
    private final CppScope scope;
    private final String name;
    private final StringBuilder members = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();
    private final StringBuilder checks = new StringBuilder();
    private final Map<String, Field> owners = new HashMap<>();

    StructWriter(MessageModel model, CppScope scope) {
        this.model = model;
        this.scope = scope;
        this.name = CppNames.ofClass(model.binaryName());
    }

    String write() {
        int end = 0;
        for (Field field : model.fields()) {
            pad(end, field.offset());
            member(field);
            end = field.offset() + field.type().bytes();
        }
        pad(end, model.presenceOffset());
        if (model.presenceWords() > 0) {
            members.append("  uint32_t presence_[")
                    .append(model.presenceWords())
                    .append("];\n");
        }
        pad(model.presenceOffset() + 4 * model.presenceWords(), model.fixedLength());
        String size = model.fixedLength() == 0
                ? ""
                : "static_assert(sizeof(" + name + ") == " + model.fixedLength() + ", \"layout of " + name + "\");\n";
        return "/** " + model.binaryName() + " */\nstruct " + (model.fixedLength() == 0 ? "" : "alignas(8) ") + name
                + " {\n" + constants() + members + methods + "};\n" + size + checks;
    }

    private String constants() {
        return "  static constexpr int32_t schema_id = " + model.schemaId() + ";\n"
                + "  static constexpr const char* schema_name = \"" + model.binaryName() + "\";\n"
                + "  static constexpr const char* schema_layout = \"" + model.layout() + "\";\n"
                + "  static constexpr int32_t fixed_length = " + model.fixedLength() + ";\n"
                + (model.fields().isEmpty() ? "" : "\n");
    }

    private void pad(int from, int to) {
        if (to > from) {
            members.append("  uint8_t padding_")
                    .append(from)
                    .append("_[")
                    .append(to - from)
                    .append("];\n");
        }
    }

    private void member(Field field) {
        String member = owned(field, memberName(field));
        FieldType type = field.type();
        if (type instanceof FieldType.FixedArray array) {
            members.append("  ")
                    .append(cppType(array.element()))
                    .append(' ')
                    .append(member)
                    .append('[')
                    .append(array.count())
                    .append("];\n");
        } else {
            members.append("  ")
                    .append(cppType(type))
                    .append(' ')
                    .append(member)
                    .append(";\n");
        }
        checks.append("static_assert(offsetof(")
                .append(name)
                .append(", ")
                .append(member)
                .append(") == ")
                .append(field.offset())
                .append(", \"layout of ")
                .append(name)
                .append("\");\n");
        if (type == FieldType.Text.STRING) {
            tail(field, member, "char", 1);
        } else if (type instanceof FieldType.TailArray array) {
            tail(field, member, cppType(array.element()), array.element().bytes());
        }
        if (field.optional()) {
            presence(field);
        }
    }

    private String memberName(Field field) {
        String plain = CppNames.of(field.name());
        return plain.equals(name) || scope.defines(plain) ? plain + "_" : plain;
    }

    private void tail(Field field, String member, String element, int elementBytes) {
        String data = elementBytes == 1 && element.equals("char")
                ? "talaria::tail_data(*this, " + member + ")"
                : "talaria::tail_elements<" + element + ">(*this, " + member + ")";
        method(field, "const " + element + "* ", field.name() + "_data", "() const { return " + data + "; }");
        method(
                field,
                "uint32_t ",
                field.name() + "_size",
                "() const { return " + member + ".length" + (elementBytes == 1 ? "" : " / " + elementBytes + "u")
                        + "; }");
    }

    private void presence(Field field) {
        int bit = field.bit() - model.presenceOffset() * 8;
        String word = "presence_[" + bit / 32 + "]";
        String mask = "(uint32_t{1} << " + bit % 32 + ")";
        method(field, "bool ", "has_" + field.name(), "() const { return (" + word + " & " + mask + ") != 0; }");
        method(
                field,
                "void ",
                "set_has_" + field.name(),
                "(bool present) { " + word + " = present ? " + word + " | " + mask + " : " + word + " & ~" + mask
                        + "; }");
    }

    private void method(Field field, String type, String method, String rest) {
        methods.append(methods.isEmpty() ? "\n" : "")
                .append("  TALARIA_ANYWHERE ")
                .append(type)
                .append(owned(field, method))
                .append(rest)
                .append('\n');
    }

    private String owned(Field field, String member) {
        Field other = owners.putIfAbsent(member, field);
        if (other != null) {
            throw new Refusal(
                    field.element(),
                    "name clash: in the generated struct both " + other.name() + " and " + field.name() + " give "
                            + member + ": rename one of them");
        }
        return member;
    }

    private String cppType(FieldType type) {
        if (type instanceof Scalar scalar) {
            return scalar.cppType();
        }
        if (type instanceof FieldType.EnumType constants) {
            return scope.reference(constants.binaryName());
        }
        if (type instanceof FieldType.Nested nested) {
            return scope.reference(nested.model().binaryName());
        }
        if (type instanceof FieldType.Pair pair) {
            return pair == FieldType.Pair.UUID ? "talaria::uuid" : "talaria::address";
        }
        return "talaria::tail";
    }
}
