package org.talaria.processor;

import com.palantir.javapoet.ClassName;

/** The classes that generated code uses. */
final class Runtime {
    static final String PACKAGE = "org.talaria.message";
    static final String MESSAGE_ANNOTATION = PACKAGE + ".Message";
    static final String FIXED_ANNOTATION = PACKAGE + ".Fixed";
    static final String REQUEST_INTERFACE = PACKAGE + ".Request";

    static final ClassName ADDRESS = ClassName.get(PACKAGE, "Address");
    static final ClassName ASKED = ClassName.get(PACKAGE, "Asked");
    static final ClassName CLAIM = ClassName.get(PACKAGE, "Claim");
    static final ClassName CODEC = ClassName.get(PACKAGE, "Codec");
    static final ClassName OUTBOUND = ClassName.get(PACKAGE, "Outbound");
    static final ClassName SCHEMA = ClassName.get(PACKAGE, "Schema");
    static final ClassName TAIL = ClassName.get(PACKAGE, "Tail");
    static final ClassName VIEW = ClassName.get(PACKAGE, "View");
    static final ClassName VIEW_TYPE = ClassName.get(PACKAGE, "ViewType");
    static final ClassName WIRE = ClassName.get(PACKAGE, "Wire");
    static final ClassName REF = ClassName.get("org.talaria", "Ref");
    static final ClassName ACTOR_REF = ClassName.get("org.talaria", "ActorRef");
    static final ClassName OUTCOME = ClassName.get("org.talaria", "Outcome");
    static final ClassName CAN_IGNORE = ClassName.get("org.talaria", "CanIgnoreReturnValue");
    static final ClassName CHECK = ClassName.get("org.talaria", "CheckReturnValue");
    static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");

    private Runtime() {}
}
