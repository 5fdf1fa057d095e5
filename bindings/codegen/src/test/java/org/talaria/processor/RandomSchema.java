package org.talaria.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sources of random message records: every kind of component, nested in one another. */
final class RandomSchema {
    static final String PACKAGE = "rnd";

    private static final List<String> PRIMITIVES =
            List.of("boolean", "byte", "short", "char", "int", "long", "float", "double");
    private static final List<String> BOXES =
            List.of("Boolean", "Byte", "Short", "Character", "Integer", "Long", "Float", "Double");
    private static final List<String> ENUMS = List.of("One", "Few", "Many");
    private static final int MOST_COMPONENTS = 9;
    private static final int MOST_FIXED_ELEMENTS = 5;

    private final Random random;
    private final List<String> records = new ArrayList<>();
    private final List<String> fixedRecords = new ArrayList<>();
    private final List<String> nestable = new ArrayList<>();
    private final List<String> variableRecords = new ArrayList<>();
    private final StringBuilder source = new StringBuilder();

    /** The same seed gives the same schema. */
    RandomSchema(long seed, int count) {
        random = new Random(seed);
        source.append("package ")
                .append(PACKAGE)
                .append(
                        ";\nimport java.util.UUID;\nimport org.jspecify.annotations.Nullable;\nimport org.talaria.message.*;\n");
        source.append(
                "public final class M {\n  private M() {}\n  public enum One { A }\n  public enum Few { A, B, default_ }\n  public enum Many { ");
        for (int i = 0; i < 40; i++) {
            source.append(i == 0 ? "" : ", ").append("C").append(i);
        }
        source.append(" }\n");
        for (int i = 0; i < count; i++) {
            record("R" + i);
        }
        source.append("}\n");
    }

    /** The source of {@code rnd/M.java}. */
    String source() {
        return source.toString();
    }

    /** Binary names of the records. */
    List<String> names() {
        return records.stream().map(each -> PACKAGE + ".M$" + each).toList();
    }

    private void record(String name) {
        List<String> components = new ArrayList<>();
        boolean variable = false;
        int count = random.nextInt(MOST_COMPONENTS + 1);
        for (int i = 0; i < count; i++) {
            String component = component();
            variable |= component.contains("/*tail*/");
            components.add(component + " c" + i);
        }
        source.append("  @Message ")
                .append(random.nextBoolean() ? "public " : "")
                .append("record ")
                .append(name)
                .append("(")
                .append(String.join(", ", components))
                .append(") {}\n");
        records.add(name);
        if (!variable && count > 0) {
            fixedRecords.add(name);
        }
        nestable(name, count);
    }

    private void nestable(String name, int count) {
        if (count > 0) {
            nestable.add(name);
            if (!fixedRecords.contains(name)) {
                variableRecords.add(name);
            }
        }
    }

    private String component() {
        boolean optional = random.nextInt(3) == 0;
        return switch (random.nextInt(6)) {
            case 0, 1 -> optional ? "@Nullable " + pick(BOXES) : pick(PRIMITIVES);
            case 2 -> (optional ? "@Nullable " : "") + "String /*tail*/";
            case 3 -> (optional ? "@Nullable " : "") + reference();
            case 4 ->
                "@Fixed(" + (1 + random.nextInt(MOST_FIXED_ELEMENTS)) + ") " + element()
                        + (optional ? " @Nullable" : "") + " []";
            default -> element() + (optional ? " @Nullable" : "") + " [] /*tail*/";
        };
    }

    private String reference() {
        if (!nestable.isEmpty() && random.nextInt(2) == 0) {
            String nested = pick(nestable);
            return nested + (variableRecords.contains(nested) ? " /*tail*/" : "");
        }
        return scalar();
    }

    private String element() {
        return switch (random.nextInt(4)) {
            case 0 -> scalar();
            case 1 -> fixedRecords.isEmpty() ? scalar() : pick(fixedRecords);
            default -> pick(PRIMITIVES);
        };
    }

    private String scalar() {
        return switch (random.nextInt(3)) {
            case 0 -> "UUID";
            case 1 -> "Address";
            default -> pick(ENUMS);
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
