package org.talaria.processor;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.talaria.message.Address;
import org.talaria.message.Fixed;

/**
 * The source of a C++ program that knows messages by their generated header only: it reads messages, prints each as {@link Dump} does, and writes each anew, component by
 * component.
 */
final class CppProgram {
    private static final String HEAD = """
            #include "messages.h"
            #include <cstdio>
            #include <cstring>
            #include <fstream>
            #include <iterator>
            #include <string>
            #include <vector>

            struct out {
              std::vector<uint64_t> words;
              size_t length = 0;
              size_t grow(size_t bytes) { size_t at = length; length += (bytes + 7) / 8 * 8; words.resize(length / 8); return at; }
              template <typename T> T* at(size_t offset) { return reinterpret_cast<T*>(reinterpret_cast<char*>(words.data()) + offset); }
              talaria::tail append(size_t record, const void* data, size_t bytes) {
                if (bytes == 0) return {0, 0};
                size_t at = grow(bytes);
                std::memcpy(reinterpret_cast<char*>(words.data()) + at, data, bytes);
                return {static_cast<uint32_t>(at - record), static_cast<uint32_t>(bytes)};
              }
            };
            static std::string text;
            [[maybe_unused]] static void dump(bool v) { text += v ? "1 " : "0 "; }
            [[maybe_unused]] static void dump(int8_t v) { text += std::to_string(v) + ' '; }
            [[maybe_unused]] static void dump(int16_t v) { text += std::to_string(v) + ' '; }
            [[maybe_unused]] static void dump(char16_t v) { text += std::to_string(static_cast<unsigned>(v)) + ' '; }
            [[maybe_unused]] static void dump(int32_t v) { text += std::to_string(v) + ' '; }
            [[maybe_unused]] static void dump(int64_t v) { text += std::to_string(v) + ' '; }
            [[maybe_unused]] static void dump(float v) { uint32_t bits; std::memcpy(&bits, &v, 4); text += 'f' + std::to_string(bits) + ' '; }
            [[maybe_unused]] static void dump(double v) { uint64_t bits; std::memcpy(&bits, &v, 8); text += 'd' + std::to_string(bits) + ' '; }
            [[maybe_unused]] static void dump(talaria::address v) {
              text += std::to_string(static_cast<int32_t>(v.bits)) + ':' + std::to_string(static_cast<int32_t>(v.bits >> 32)) + ' ';
            }
            [[maybe_unused]] static void dump_text(const char* data, uint32_t size) {
              text += '\\'';
              for (uint32_t i = 0; i < size; i++) { char hex[3]; std::snprintf(hex, 3, "%02x", static_cast<unsigned char>(data[i])); text += hex; }
              text += ' ';
            }
            """;

    private static final String TAIL = """
            int main(int, char** argv) {
              std::ifstream in(argv[1], std::ios::binary);
              std::ofstream copies(argv[2], std::ios::binary), texts(argv[3], std::ios::binary);
              int32_t head[2];
              while (in.read(reinterpret_cast<char*>(head), 8)) {
                std::vector<uint64_t> message(static_cast<size_t>(head[1]) / 8 + 1);
                in.read(reinterpret_cast<char*>(message.data()), head[1]);
                out o;
                text.clear();
                run(head[0], message.data(), o);
                copies.write(reinterpret_cast<const char*>(o.words.data()), static_cast<std::streamsize>(o.length));
                texts << text << '\\n';
              }
              return 0;
            }
            """;

    private final StringBuilder source = new StringBuilder(HEAD);
    private final List<Class<?>> types;

    CppProgram(List<Class<?>> types) {
        this.types = types;
    }

    String write(boolean uuid, List<String> enums) {
        if (uuid) {
            line(
                    "[[maybe_unused]] static void dump(talaria::uuid v) { text += std::to_string(v.most) + ':' + std::to_string(v.least) + ' '; }");
        }
        enums.forEach(
                each -> line("[[maybe_unused]] static void dump(" + each + " v) { dump(static_cast<int32_t>(v)); }"));
        types.forEach(this::functions);
        line("static void run(int32_t type, const void* message, out& o) {");
        for (int i = 0; i < types.size(); i++) {
            String name = types.get(i).getSimpleName();
            line("  if (type == " + i + ") { const auto& m = *static_cast<const " + name
                    + "*>(message); dump(m); copy(o, o.grow(" + name + "::fixed_length), m); }");
        }
        line("}");
        return source.append(TAIL).toString();
    }

    private void line(String text) {
        source.append(text).append('\n');
    }

    private void functions(Class<?> type) {
        String name = type.getSimpleName();
        line("[[maybe_unused]] static void dump(const " + name + "& m) {\n  (void)m;\n  text += \"{ \";");
        for (RecordComponent each : type.getRecordComponents()) {
            line(optional(each, dump(each), " else text += \"- \";"));
        }
        line("  text += \"} \";\n}");
        line("[[maybe_unused]] static void copy(out& o, size_t at, const " + name
                + "& m) {\n  (void)o; (void)at; (void)m;");
        for (RecordComponent each : type.getRecordComponents()) {
            String present = RandomValues.isNullable(each)
                    ? " o.at<" + name + ">(at)->set_has_" + each.getName() + "(true);"
                    : "";
            line(optional(each, copy(each, "o.at<" + name + ">(at)->" + each.getName(), name) + present, ""));
        }
        line("}");
    }

    private static String optional(RecordComponent component, String body, String otherwise) {
        return RandomValues.isNullable(component)
                ? "  if (m.has_" + component.getName() + "()) { " + body + " }" + otherwise
                : "  { " + body + " }";
    }

    private static String dump(RecordComponent component) {
        String name = component.getName();
        if (component.getType() == String.class) {
            return "dump_text(m." + name + "_data(), m." + name + "_size());";
        } else if (!component.getType().isArray()) {
            return "dump(m." + name + ");";
        }
        Fixed fixed = component.getAnnotation(Fixed.class);
        String count = fixed != null ? fixed.value() + "u" : "m." + name + "_size()";
        String element = fixed != null ? "m." + name + "[i]" : "m." + name + "_data()[i]";
        return "text += '[' + std::to_string(" + count + ") + ' '; for (uint32_t i = 0; i < " + count + "; i++) dump("
                + element + "); text += \"] \";";
    }

    private static String copy(RecordComponent component, String target, String record) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == String.class || (type.isArray() && !component.isAnnotationPresent(Fixed.class))) {
            // Appending may move the memory: first append, then say where to store.
            return "talaria::tail t = o.append(at, m." + name + "_data(), m." + name + ".length); " + target + " = t;";
        } else if (type.isRecord() && type != Address.class) {
            return "copy(o, at + offsetof(" + record + ", " + name + "), m." + name + ");";
        } else if (!type.isArray()) {
            return target + " = m." + name + ";";
        }
        return "for (uint32_t i = 0; i < "
                + component.getAnnotation(Fixed.class).value() + "u; i++) " + target + "[i] = m." + name + "[i];";
    }

    /** Whether a type, or one that it holds, has a UUID. */
    static boolean usesUuid(List<Class<?>> types) {
        return types.stream()
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .anyMatch(each -> each.getType() == UUID.class || each.getType() == UUID[].class);
    }
}
