package org.talaria.processor;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Names in C++: a Java name that means something else there gets an underscore, as no component's own name may end with one. */
final class CppNames {
    private static final Set<String> WORDS = Arrays.stream(
                    ("alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class co_await co_return"
                                    + " co_yield compl concept const const_cast consteval constexpr constinit continue decltype default delete do double"
                                    + " dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not"
                                    + " not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return short signed sizeof static"
                                    + " static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned"
                                    + " using virtual void volatile wchar_t while xor xor_eq"
                                    // Macros of compilers and of the C library that occur as names.
                                    + " linux unix assert errno stdin stdout stderr major minor NULL EOF TRUE FALSE NAN INFINITY OVERFLOW UNDERFLOW DOMAIN"
                                    // What every generated struct has.
                                    + " schema_id schema_name schema_layout fixed_length")
                            .split(" "))
            .collect(Collectors.toUnmodifiableSet());

    private CppNames() {}

    /** A name that C++ takes. */
    static String of(String javaName) {
        return WORDS.contains(javaName) ? javaName + "_" : javaName;
    }

    /** The name of a class, without what encloses it. */
    static String ofClass(String binaryName) {
        return of(binaryName.substring(Math.max(binaryName.lastIndexOf('.'), binaryName.lastIndexOf('$')) + 1));
    }

    /** The namespace of a class's package, parts joined by {@code ::}. */
    static String ofPackage(String binaryName) {
        int dot = binaryName.lastIndexOf('.');
        return dot < 0
                ? ""
                : Arrays.stream(binaryName.substring(0, dot).split("\\."))
                        .map(CppNames::of)
                        .collect(Collectors.joining("::"));
    }
}
