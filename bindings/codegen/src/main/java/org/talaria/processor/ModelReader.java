package org.talaria.processor;

import com.palantir.javapoet.ClassName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Reads records into models: the rules of {@code docs/messages.md}. */
final class ModelReader {
    /** The longest fixed part. */
    static final int MOST_FIXED_BYTES = 64 * 1024;

    /** Longest text that a class file takes as a constant. */
    private static final int MOST_LAYOUT_CHARS = 60_000;

    /** A method has at most 255 parameter words; generated ones add four of their own. */
    private static final int MOST_PARAMETER_WORDS = 250;

    private final Elements elements;
    private final Sources sources;
    private final TypeReader types;
    private final RequestReader requests;
    private final AccessorCheck accessors;
    private final Map<String, MessageModel> done = new HashMap<>();
    private final Deque<String> reading = new ArrayDeque<>();

    ModelReader(ProcessingEnvironment environment, Sources sources) {
        this.elements = environment.getElementUtils();
        this.sources = sources;
        this.types = new TypeReader(elements, this::readNested);
        this.requests = new RequestReader(environment.getTypeUtils());
        this.accessors = new AccessorCheck(environment);
    }

    /** The model of a record. @throws Refusal if it cannot be a message */
    MessageModel read(TypeElement record) {
        String name = elements.getBinaryName(record).toString();
        MessageModel known = done.get(name);
        if (known != null) {
            return known;
        }
        reading.push(name);
        try {
            MessageModel model = readNew(record, name);
            done.put(name, model);
            return model;
        } finally {
            reading.pop();
        }
    }

    private MessageModel readNested(TypeElement record, Element component) {
        String name = elements.getBinaryName(record).toString();
        if (reading.contains(name)) {
            throw new Refusal(
                    component,
                    "recursion: " + name + " holds itself through " + component
                            + ": a message has a fixed layout; refer to the other message by an id");
        }
        return read(record);
    }

    private MessageModel readNew(TypeElement record, String name) {
        checkRecord(record);
        ClassName type = ClassName.get(record);
        CompiledLayout compiled = sources.compiledNow(record) ? null : compiledLayout(record, type);
        List<Component> components = new ArrayList<>();
        int words = 0;
        for (RecordComponentElement each : record.getRecordComponents()) {
            Component component = component(each, compiled);
            components.add(component);
            words += component.type == Scalar.I64 || component.type == Scalar.F64 ? 2 : 1;
        }
        if (words > MOST_PARAMETER_WORDS) {
            throw new Refusal(
                    record,
                    "too many components: at most " + MOST_PARAMETER_WORDS
                            + ", where long and double count twice: gather some in nested @Message records");
        }
        Names.check(components.stream().map(each -> each.element).toList());
        MessageModel model = layOut(record, type, name, components);
        if (model.layout().length() > MOST_LAYOUT_CHARS) {
            throw new Refusal(
                    record,
                    "its layout text has " + model.layout().length() + " characters, at most " + MOST_LAYOUT_CHARS
                            + " are possible: use fewer components or enums with fewer constants");
        }
        return model;
    }

    private void checkRecord(TypeElement record) {
        if (record.getKind() != ElementKind.RECORD) {
            throw new Refusal(record, "@Message is for records: " + record + " is none");
        }
        if (Visibility.isPrivate(record)) {
            throw new Refusal(
                    record,
                    "a private record cannot be reached by the generated code: make it package-private or public");
        }
        if (!record.getTypeParameters().isEmpty()) {
            throw new Refusal(record, "a generic record has no fixed layout: write one record for each type");
        }
        if (sources.compiledNow(record)) {
            accessors.check(record);
        }
    }

    private CompiledLayout compiledLayout(TypeElement record, ClassName type) {
        String codec = MessageModel.generated(type, "Codec").canonicalName();
        return new CompiledLayout(sources.constant(codec, "LAYOUT")
                .orElseThrow(() -> new Refusal(
                        record,
                        "message " + record + " has no " + codec
                                + ": compile it with the annotation processor talaria-processor too")));
    }

    private Component component(RecordComponentElement element, @Nullable CompiledLayout compiled) {
        String name = element.getSimpleName().toString();
        boolean optional = compiled == null ? Annotations.isNullable(element) : compiled.optional(name);
        int fixed = compiled == null ? fixedCount(element) : compiled.fixedCount(name);
        return new Component(element, types.read(element, element.asType(), fixed, optional), optional);
    }

    private static int fixedCount(RecordComponentElement element) {
        Optional<Integer> fixed = Annotations.fixed(element);
        if (fixed.isPresent() && fixed.get() == 0) {
            throw new Refusal(element, "@Fixed(0) of " + element + " is out of range: at least 1 element");
        }
        return fixed.orElse(0);
    }

    private MessageModel layOut(TypeElement record, ClassName type, String name, List<Component> components) {
        long end = 0;
        long[] offsets = new long[components.size()];
        int optional = 0;
        for (int i = 0; i < offsets.length; i++) {
            Component each = components.get(i);
            offsets[i] = align(end, each.type.alignment());
            end = offsets[i] + each.type.bytes();
            optional += each.optional ? 1 : 0;
        }
        int words = (optional + 31) / 32;
        long presence = words == 0 ? end : align(end, 4);
        long fixedLength = align(presence + 4L * words, 8);
        if (fixedLength > MOST_FIXED_BYTES) {
            throw new Refusal(
                    record,
                    "too large: its fixed part has " + fixedLength + " bytes, at most " + MOST_FIXED_BYTES
                            + " are possible: use arrays without @Fixed for large content");
        }
        List<Field> fields = new ArrayList<>();
        int bit = (int) presence * 8;
        for (int i = 0; i < offsets.length; i++) {
            Component each = components.get(i);
            String field = each.element.getSimpleName().toString();
            fields.add(new Field(
                    each.element, field, each.type, (int) offsets[i], each.optional ? bit++ : -1, name + "." + field));
        }
        return new MessageModel(
                record,
                type,
                name,
                Visibility.isPublic(record),
                List.copyOf(fields),
                (int) presence,
                words,
                (int) fixedLength,
                requests.reply(record));
    }

    private static long align(long offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** A component before it has a place. */
    private record Component(RecordComponentElement element, FieldType type, boolean optional) {}
}
