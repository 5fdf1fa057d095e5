package org.talaria.tool;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;

/**
 * Commands whose code lives in modules that stand on java-api, and so cannot be compiled against here: they are called by name, with the arguments as they are.
 * Such a class has {@code static int run(String...)}, which returns the exit code, or a {@code main} that ends the process with it.
 */
final class Delegates {
    private static final Map<String, String> CLASSES =
            Map.of("demo", "org.talaria.examples.flights.FlightsDemo", "bench", "org.talaria.bench.Main");

    private Delegates() {}

    static boolean knows(String command) {
        return CLASSES.containsKey(command);
    }

    /** Runs a command. @return its exit code */
    static int run(String command, PrintStream err, String... arguments) {
        return call(command, CLASSES.get(command), err, arguments);
    }

    static int call(String command, String className, PrintStream err, String... arguments) {
        try {
            Object exitCode =
                    entry(Class.forName(className)).invoke(null, (Object) Arrays.copyOf(arguments, arguments.length));
            return exitCode instanceof Integer code ? code : ExitCode.OK;
        } catch (InvocationTargetException e) {
            err.println(
                    "talaria " + command + ": " + e.getCause() + ": this is a fault of the command, please report it");
            e.getCause().printStackTrace(err);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            err.println("talaria " + command + ": " + className + " is not on the class path (" + e.getMessage()
                    + "): start it with the launcher ./talaria, or add the jar that holds it");
        } catch (ReflectiveOperationException e) {
            err.println("talaria " + command + ": " + className + " has neither run nor main (" + e
                    + "): use jars of one version");
        }
        return ExitCode.FAULT;
    }

    private static Method entry(Class<?> type) throws NoSuchMethodException {
        try {
            return type.getMethod("run", String[].class);
        } catch (NoSuchMethodException e) {
            return type.getMethod("main", String[].class);
        }
    }
}
