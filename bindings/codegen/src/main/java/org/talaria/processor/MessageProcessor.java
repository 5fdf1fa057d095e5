package org.talaria.processor;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Generates codec, view and claim of every {@code @Message} record and, with {@code -Atalaria.header=DIR}, one C++ header of all of them.
 * {@code docs/messages.md} states what comes out. For one compilation; used by one thread, the compiler's.
 */
public final class MessageProcessor extends AbstractProcessor {
    /** The library's own annotations: all are claimed, because javac -Xlint:processing warns of those that nobody claims. */
    private static final Set<String> CLAIMED = Set.of(
            Runtime.MESSAGE_ANNOTATION,
            Runtime.FIXED_ANNOTATION,
            Runtime.CAN_IGNORE.canonicalName(),
            Runtime.CHECK.canonicalName());

    private final Map<String, MessageModel> models = new TreeMap<>();
    private final Set<String> reported = new HashSet<>();
    private final List<String> waiting = new ArrayList<>();
    private @Nullable Compilation compilation;

    /** For the compiler. */
    public MessageProcessor() {}

    /** What lasts as long as the compilation. */
    private record Compilation(Sources sources, ModelReader reader, GeneratedNames names) {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        Sources sources = new Sources(environment.getElementUtils());
        compilation = new Compilation(
                sources, new ModelReader(environment, sources), new GeneratedNames(environment.getElementUtils()));
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return CLAIMED;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(HeaderFile.FOLDER, HeaderFile.NAME, HeaderFile.NAMESPACE);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        compilation().sources().add(round.getRootElements());
        List<String> again = List.copyOf(waiting);
        waiting.clear();
        again.forEach(name -> attempt(processingEnv.getElementUtils().getTypeElement(name), round.processingOver()));
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(Runtime.MESSAGE_ANNOTATION)) {
                round.getElementsAnnotatedWith(annotation).forEach(each -> attempt((TypeElement) each, false));
            }
        }
        if (round.processingOver() && !round.errorRaised() && reported.isEmpty()) {
            writeHeader();
        }
        return true;
    }

    private Compilation compilation() {
        if (compilation == null) {
            throw new IllegalStateException("init was not called: only a compiler uses this class");
        }
        return compilation;
    }

    private void attempt(TypeElement record, boolean last) {
        try {
            generate(record);
        } catch (Refusal refusal) {
            if (refusal.perhapsLater() && !last) {
                waiting.add(record.getQualifiedName().toString());
            } else {
                report(refusal.element(), refusal.getMessage());
            }
        }
    }

    private void generate(TypeElement record) {
        MessageModel model = compilation().reader().read(record);
        compilation().names().claim(model);
        // All three are made before one is written: a refusal must leave nothing behind.
        List<TypeSpec> types =
                List.of(new CodecWriter(model).write(), new ViewWriter(model).write(), new ClaimWriter(model).write());
        types.forEach(type -> write(model, type));
        models.put(model.binaryName(), model);
    }

    private void write(MessageModel model, TypeSpec type) {
        TypeSpec.Builder complete = type.toBuilder().addOriginatingElement(model.element());
        if (model.open()) {
            complete.addModifiers(Modifier.PUBLIC);
        }
        try {
            JavaFile.builder(model.type().packageName(), complete.build())
                    // Not @Generated: nobody claims it, so -Xlint:processing would warn of it in every build.
                    .addFileComment("Generated from $L by talaria-processor: do not edit.", model.binaryName())
                    .indent("    ")
                    .skipJavaLangImports(true)
                    .build()
                    .writeTo(processingEnv.getFiler());
        } catch (FilerException e) {
            throw new Refusal(
                    model.element(), "name clash: " + type.name() + " exists already: rename the record or that class");
        } catch (IOException e) {
            throw new Refusal(model.element(), "cannot write " + type.name() + ": " + e + ": check the output folder");
        }
    }

    private void writeHeader() {
        try {
            HeaderFile header = HeaderFile.of(processingEnv.getOptions());
            if (header != null && !models.isEmpty()) {
                header.names().forEach(this::keep);
                header.write(models);
            }
        } catch (Refusal refusal) {
            report(refusal.element(), refusal.getMessage());
        } catch (IOException | InvalidPathException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "cannot write the header of -A" + HeaderFile.FOLDER + ": " + e
                                    + ": name a folder that can be written");
        }
    }

    /** A message of the header that is not compiled now stays in it while its record exists. */
    private void keep(String binaryName) {
        TypeElement record = processingEnv.getElementUtils().getTypeElement(binaryName.replace('$', '.'));
        if (models.containsKey(binaryName) || record == null || !Annotations.isMessage(record)) {
            return;
        }
        try {
            models.put(binaryName, compilation().reader().read(record));
        } catch (Refusal refusal) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.WARNING, "left out of the header: " + refusal.getMessage());
        }
    }

    private void report(Element element, String message) {
        if (reported.add(element + "|" + element.getEnclosingElement() + "|" + message)) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "@Message: " + message, positioned(element));
        }
    }

    /** javac knows no source position of a record component, but that of the field it stands for. */
    private static Element positioned(Element element) {
        if (element.getKind() != ElementKind.RECORD_COMPONENT) {
            return element;
        }
        return ElementFilter.fieldsIn(element.getEnclosingElement().getEnclosedElements()).stream()
                .filter(field -> field.getSimpleName().equals(element.getSimpleName()))
                .map(Element.class::cast)
                .findFirst()
                .orElse(element);
    }
}
