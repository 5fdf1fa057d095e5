package org.talaria.tool;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.talaria.TalariaException;
import org.talaria.journal.replay.ReplayApplication;

/** Loads an application's class from its own class path. */
final class Application implements AutoCloseable {
    private final URLClassLoader loader;
    private final ReplayApplication instance;

    private Application(URLClassLoader loader, ReplayApplication instance) {
        this.loader = loader;
        this.instance = instance;
    }

    /**
     * Loads it.
     *
     * @param className a {@link ReplayApplication} with a public constructor without parameters
     * @param classPath folders and jars, separated as on this platform; {@code FOLDER/*} means all its jars
     */
    static Application load(String className, List<String> classPath) {
        URLClassLoader loader = new URLClassLoader(urls(classPath), Application.class.getClassLoader());
        try {
            return new Application(loader, instance(loader, className));
        } catch (RuntimeException e) {
            close(loader);
            throw e;
        }
    }

    ReplayApplication instance() {
        return instance;
    }

    private static ReplayApplication instance(ClassLoader loader, String className) {
        try {
            Class<?> type = Class.forName(className, true, loader);
            if (!ReplayApplication.class.isAssignableFrom(type)) {
                throw new TalariaException(
                        "--app " + className + " does not implement " + ReplayApplication.class.getName());
            }
            return (ReplayApplication) type.getConstructor().newInstance();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new TalariaException(
                    "--app " + className + " cannot be loaded (" + e + "): give its jars and folders with --classpath",
                    e);
        } catch (InvocationTargetException e) {
            throw new TalariaException("--app " + className + ": its constructor threw " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new TalariaException(
                    "--app " + className + " cannot be made (" + e
                            + "): it must be public, with a public constructor without parameters",
                    e);
        }
    }

    private static URL[] urls(List<String> classPath) {
        List<URL> urls = new ArrayList<>();
        for (String path : classPath) {
            for (String entry : path.split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    add(urls, entry);
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static void add(List<URL> urls, String entry) {
        if (entry.endsWith(File.separator + "*")) {
            Path folder = existing(entry.substring(0, entry.length() - 2));
            try (Stream<Path> jars = Files.list(folder)) {
                jars.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(file -> urls.add(url(file)));
            } catch (IOException e) {
                throw new TalariaException("--classpath " + entry + " cannot be read: " + e, e);
            }
        } else {
            urls.add(url(existing(entry)));
        }
    }

    private static Path existing(String entry) {
        Path path = Path.of(entry);
        if (!Files.exists(path)) {
            throw new TalariaException("--classpath " + entry + ": no such file or folder");
        }
        return path;
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new TalariaException("--classpath " + path + " is no path that a class can be loaded from", e);
        }
    }

    @Override
    public void close() {
        close(loader);
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            System.getLogger("org.talaria").log(System.Logger.Level.DEBUG, "a jar could not be closed", e);
        }
    }
}
