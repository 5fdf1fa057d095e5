package org.talaria.processor;

import java.util.List;
import java.util.Set;
import javax.lang.model.element.RecordComponentElement;

/** Names of generated members: those of the library's classes that a component must not override get an underscore. */
final class Names {
    /** Methods of View and Claim, and of what is generated beside the accessors. */
    private static final Set<String> TAKEN = Set.of(
            "at",
            "copy",
            "codec",
            "own",
            "wrap",
            "ownMemory",
            "tail",
            "begin",
            "beginBatch",
            "nextRecord",
            "next",
            "of",
            "batch",
            "tell",
            "callInto",
            "commit",
            "abort",
            "close");

    /** Classes that generated code names: a variable of that name would hide them. */
    private static final Set<String> HIDING = Set.of(
            "Tail",
            "Wire",
            "Outbound",
            "Schema",
            "Objects",
            "ThreadLocal",
            "ViewType",
            "Asked",
            "Codec",
            "Claim",
            "View");

    private Names() {}

    /** The accessor or setter of a component. */
    static String member(String component) {
        return TAKEN.contains(component) ? component + "_" : component;
    }

    /** Refuses components whose names cannot be in generated code. */
    static void check(List<RecordComponentElement> components) {
        for (RecordComponentElement each : components) {
            String name = each.getSimpleName().toString();
            if (name.endsWith("_") || HIDING.contains(name)) {
                throw new Refusal(each, "name clash: " + name + " is kept for generated code: rename the component");
            }
        }
    }
}
