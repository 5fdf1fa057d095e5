package org.talaria.tests.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies point one way (design 4), and the public API keeps its rules (api rule 4, 8, 9, 10). */
class DependencyRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/org/talaria/tests/"))
            .importPackages("org.talaria");

    private static final String[] PUBLIC = {
        "org.talaria", "org.talaria.actor", "org.talaria.message", "org.talaria.journal"
    };

    private static DescribedPredicate<JavaClass> publicApi() {
        return JavaClass.Predicates.resideInAnyPackage(PUBLIC)
                .and(DescribedPredicate.describe(
                        "public", type -> type.getModifiers().contains(JavaModifier.PUBLIC)));
    }

    /** The journal's replay engine extends the core's engine, and lives in its package to do so. */
    private static DescribedPredicate<JavaClass> areOfTheCore() {
        return DescribedPredicate.describe("are of the core", type -> {
            String source = type.getSource().orElseThrow().getUri().toString();
            return !source.contains("talaria-journal") && !source.contains("/journal/target/");
        });
    }

    @Test
    void thereIsSomethingToLookAt() {
        assertTrue(CLASSES.contain("org.talaria.Talaria"));
        assertTrue(CLASSES.contain("org.talaria.internal.memory.Mem"));
        assertFalse(CLASSES.contain(DependencyRulesTest.class.getName()));
    }

    @Test
    void theCoreKnowsNoJournalAndNoTool() {
        noClasses()
                .that(areOfTheCore())
                .and()
                .resideInAnyPackage(
                        "org.talaria",
                        "org.talaria.actor",
                        "org.talaria.message",
                        "org.talaria.internal.memory..",
                        "org.talaria.internal.ring..",
                        "org.talaria.internal.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.talaria.journal.*..",
                        "org.talaria.tool..",
                        "org.talaria.processor..",
                        "net.openhft..",
                        "picocli..")
                .check(CLASSES);
    }

    @Test
    void javaCppIsSeenByTheBindingsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.talaria.bindings..", "org.talaria.internal.jni..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void theBindingsKnowNobodyAboveThem() {
        noClasses()
                .that()
                .resideInAnyPackage("org.talaria.bindings..", "org.talaria.internal.jni..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.talaria..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                                "org.talaria.bindings..", "org.talaria.internal.jni.."))))
                .check(CLASSES);
    }

    @Test
    void memoryIsBelowRingIsBelowEngine() {
        noClasses()
                .that()
                .resideInAPackage("org.talaria.internal.memory..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.talaria.internal.ring..", "org.talaria.internal.engine..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.talaria.internal.ring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.talaria.internal.engine..")
                .check(CLASSES);
    }

    @Test
    void unsafeIsTouchedByOneClass() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.talaria.internal.memory.Mem")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("sun.misc.Unsafe")
                .check(CLASSES);
    }

    @Test
    void publicSignaturesShowNeitherAgronaNorTheInternals() {
        methods()
                .that()
                .areDeclaredInClassesThat(publicApi())
                .and()
                .arePublic()
                .or()
                .areDeclaredInClassesThat(publicApi())
                .and()
                .areProtected()
                .should(showOnly("org.agrona", "org.talaria.internal", "org.bytedeco", "net.openhft"))
                .check(CLASSES);
    }

    private static ArchCondition<JavaMethod> showOnly(String... hidden) {
        return new ArchCondition<>("show nothing of " + List.of(hidden)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                        .filter(type -> Stream.of(hidden).anyMatch(type.getPackageName()::startsWith))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + type.getName())));
            }
        };
    }

    /** Rule 8: no bare long where a time is meant. */
    @Test
    void timesAreDurations() {
        methods()
                .that()
                .areDeclaredInClassesThat(publicApi())
                .and()
                .haveNameMatching(".*([Tt]imeout|[Dd]eadline|within|patience).*")
                .should(new ArchCondition<>("take and give Duration") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean bare = Stream.concat(
                                        method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                                .anyMatch(type -> type.getName().equals("long")
                                        || type.getName().equals("int"));
                        if (bare) {
                            events.add(
                                    SimpleConditionEvent.violated(method, method.getFullName() + " has a bare number"));
                        }
                    }
                })
                .check(CLASSES);
    }

    @Test
    void publicPackagesAreNullMarkedAndCheckTheirReturnValues() {
        for (String name : PUBLIC) {
            Package marked = packageOf(name);
            assertTrue(
                    marked.isAnnotationPresent(org.jspecify.annotations.NullMarked.class),
                    name + " is not @NullMarked");
            boolean checked = CLASSES.stream()
                    .filter(type -> type.getName().equals(name + ".package-info"))
                    .anyMatch(type -> type.isAnnotatedWith("org.talaria.CheckReturnValue"));
            assertTrue(checked, name + " is not @CheckReturnValue");
        }
    }

    private static Package packageOf(String name) {
        try {
            return Class.forName(name + ".package-info").getPackage();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " has no package-info", e);
        }
    }

    /** Rule 9: failures are unchecked. */
    @Test
    void exceptionsAreUncheckedAndOfOneRoot() {
        classes()
                .that()
                .areAssignableTo(Exception.class)
                .and()
                .resideInAnyPackage(PUBLIC)
                .should()
                .beAssignableTo("org.talaria.TalariaException")
                .check(CLASSES);
    }
}
