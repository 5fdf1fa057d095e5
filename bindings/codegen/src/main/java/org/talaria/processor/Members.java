package org.talaria.processor;

import com.palantir.javapoet.MethodSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The methods generated for components, to find two that clash. */
final class Members {
    private final String where;
    private final Map<String, Field> owners = new HashMap<>();

    Members(String where) {
        this.where = where;
    }

    /** Takes note of a method. @throws Refusal if another component has one of the same name and parameters */
    MethodSpec add(Field field, MethodSpec method) {
        String parameters = method.parameters().stream()
                .map(each -> each.type().withoutAnnotations().toString())
                .collect(Collectors.joining(", "));
        String signature = method.name() + "(" + parameters + ")";
        Field other = owners.putIfAbsent(signature, field);
        if (other != null) {
            throw new Refusal(
                    field.element(),
                    "name clash: in the generated " + where + " both " + other.name() + " and " + field.name()
                            + " give " + signature + ": rename one of them");
        }
        return method;
    }
}
