package org.talaria.tests.support;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.talaria.EngineKind;

/** Turns one method into one invocation per engine, each with a {@link Fabric} of its own. */
public final class EngineInvocations implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        boolean nativeOnly = AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), NativeOnly.class);
        Stream<EngineKind> kinds =
                nativeOnly ? Stream.of(EngineKind.NATIVE) : Stream.of(EngineKind.JAVA, EngineKind.NATIVE);
        return kinds.map(OneEngine::new);
    }

    private record OneEngine(EngineKind kind) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return kind.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new FabricOfTest(kind));
        }
    }

    /** Hands the fabric in, and asks it after the test whether every message is accounted for. */
    private static final class FabricOfTest implements ExecutionCondition, ParameterResolver, AfterEachCallback {
        private final Fabric fabric;
        private final EngineKind kind;

        FabricOfTest(EngineKind kind) {
            this.kind = kind;
            this.fabric = new Fabric(kind);
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return kind == EngineKind.NATIVE && NativeBuild.skipped()
                    ? ConditionEvaluationResult.disabled(NativeBuild.WHY)
                    : ConditionEvaluationResult.enabled("this engine is there");
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fabric.class;
        }

        @Override
        public Fabric resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return fabric;
        }

        @Override
        public void afterEach(ExtensionContext context) {
            boolean failedAlready = context.getExecutionException().isPresent();
            fabric.finish(failedAlready);
        }
    }
}
