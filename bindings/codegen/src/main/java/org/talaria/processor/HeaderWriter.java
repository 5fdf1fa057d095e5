package org.talaria.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the text of the C++ header: enums and structs, what is held before what holds it. */
final class HeaderWriter {
    private final CppScope scope;
    private final String guard;
    private final Map<String, MessageModel> structs = new LinkedHashMap<>();
    private final Map<String, FieldType.EnumType> enums = new LinkedHashMap<>();
    private boolean uuid;

    HeaderWriter(String fileName, String namespace) {
        this.scope = new CppScope(namespace);
        this.guard = "TALARIA_GENERATED_" + fileName.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The header of some messages and those they hold. @throws Refusal if names clash */
    String write(Collection<MessageModel> models) {
        models.forEach(this::collect);
        StringBuilder out = new StringBuilder();
        out.append("// Generated from Java records by talaria-processor: do not edit.\n");
        out.append("#ifndef ").append(guard).append("\n#define ").append(guard).append("\n\n");
        out.append("#include <stddef.h>\n#include <stdint.h>\n\n#include \"talaria/message.h\"\n");
        if (uuid) {
            out.append(
                            "\n#ifndef TALARIA_UUID\n#define TALARIA_UUID\nnamespace talaria {\n/** java.util.UUID */\nstruct uuid {\n  int64_t most;\n  int64_t least;\n};\n")
                    .append("}  // namespace talaria\n#endif\n");
        }
        enums.values().forEach(each -> in(out, each.binaryName(), enumOf(each)));
        structs.values().forEach(each -> in(out, each.binaryName(), new StructWriter(each, scope).write()));
        return out.append("\n#endif\n").toString();
    }

    private void collect(MessageModel model) {
        if (structs.containsKey(model.binaryName())) {
            return;
        }
        List<FieldType> values = new ArrayList<>();
        for (Field field : model.fields()) {
            values.add(ElementCode.isArray(field.type()) ? ElementCode.elementOf(field.type()) : field.type());
        }
        for (FieldType value : values) {
            if (value instanceof FieldType.Nested nested) {
                collect(nested.model());
            } else if (value instanceof FieldType.EnumType constants) {
                scope.define(model, constants.binaryName());
                enums.put(constants.binaryName(), constants);
            }
            uuid |= value == FieldType.Pair.UUID;
        }
        scope.define(model, model.binaryName());
        structs.put(model.binaryName(), model);
    }

    private void in(StringBuilder out, String binaryName, String text) {
        String namespace = scope.namespaceOf(binaryName);
        out.append('\n');
        if (namespace.isEmpty()) {
            out.append(text);
        } else {
            out.append("namespace ")
                    .append(namespace)
                    .append(" {\n")
                    .append(text)
                    .append("}  // namespace ")
                    .append(namespace)
                    .append('\n');
        }
    }

    private static String enumOf(FieldType.EnumType type) {
        return "/** " + type.binaryName() + " */\nenum class " + CppNames.ofClass(type.binaryName()) + " : int32_t { "
                + type.constants().stream().map(CppNames::of).collect(Collectors.joining(", ")) + " };\n";
    }
}
