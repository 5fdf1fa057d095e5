package org.talaria.processor;

import java.util.HashMap;
import java.util.Map;

/** The names that a header defines: which namespace each lies in, and that no two are equal. */
final class CppScope {
    /** Value of the option that gives every type the namespace of its package. */
    static final String BY_PACKAGE = "package";

    private final String namespace;
    private final Map<String, String> owners = new HashMap<>();

    /** @param namespace as {@code a::b}, empty for none, or {@link #BY_PACKAGE} */
    CppScope(String namespace) {
        this.namespace = namespace;
    }

    /** The namespace that a class goes to; empty for none. */
    String namespaceOf(String binaryName) {
        return namespace.equals(BY_PACKAGE) ? CppNames.ofPackage(binaryName) : namespace;
    }

    /** How other types of the header call a class. */
    String reference(String binaryName) {
        String simple = CppNames.ofClass(binaryName);
        return namespace.equals(BY_PACKAGE) ? "::" + namespaceOf(binaryName) + "::" + simple : simple;
    }

    /** Takes note of a type. @throws Refusal if another class has its name */
    void define(MessageModel at, String binaryName) {
        String other = owners.putIfAbsent(namespaceOf(binaryName) + "::" + CppNames.ofClass(binaryName), binaryName);
        if (other != null && !other.equals(binaryName)) {
            throw new Refusal(
                    at.element(),
                    "name clash in the C++ header: " + other + " and " + binaryName + " are both "
                            + CppNames.ofClass(binaryName) + ": rename one, or set -Atalaria.header.namespace=package");
        }
    }

    /** Whether a type of this simple name is defined, which a member must not hide. */
    boolean defines(String simpleName) {
        return owners.keySet().stream().anyMatch(each -> each.endsWith("::" + simpleName));
    }
}
