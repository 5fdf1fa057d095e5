package org.talaria.processor;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.talaria.message.Codec;
import org.talaria.message.View;

/** A random schema, compiled and loaded. */
final class Schemas implements Closeable {
    private final Path folder;
    private final URLClassLoader loader;
    private final List<Class<?>> types = new ArrayList<>();

    private Schemas(Path folder, Compiler.Result result, List<String> names) throws ReflectiveOperationException {
        this.folder = folder;
        this.loader = result.loader();
        for (String name : names) {
            types.add(Class.forName(name, true, loader));
        }
    }

    /** Compiles the schema of a seed, with its header beside it. */
    static Schemas random(long seed, int count) throws IOException, ReflectiveOperationException {
        Path folder = Files.createTempDirectory("talaria-schema");
        RandomSchema schema = new RandomSchema(seed, count);
        Compiler.Result result = new Compiler(folder)
                .source(RandomSchema.PACKAGE + "/M.java", schema.source())
                .option("-Atalaria.header=" + folder)
                .compile();
        if (!result.success()) {
            throw new AssertionError(
                    "seed " + seed + " does not compile: " + result.diagnostics() + "\n" + schema.source());
        }
        return new Schemas(folder, result, schema.names());
    }

    Path folder() {
        return folder;
    }

    List<Class<?>> types() {
        return types;
    }

    @SuppressWarnings("unchecked")
    Codec<Object> codec(Class<?> type) throws ReflectiveOperationException {
        return (Codec<Object>) constant(type, "Codec", "INSTANCE");
    }

    View<?> newView(Class<?> type) throws ReflectiveOperationException {
        return ((org.talaria.message.ViewType<?, ?>) constant(type, "View", "TYPE")).newView();
    }

    private Object constant(Class<?> type, String suffix, String name) throws ReflectiveOperationException {
        Field field = Class.forName(RandomSchema.PACKAGE + "." + type.getSimpleName() + suffix, true, loader)
                .getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    @Override
    public void close() throws IOException {
        loader.close();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
