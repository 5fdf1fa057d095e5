package org.talaria.tests.support;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Liveness: a test that does not end in time is interrupted and fails with a dump of all threads. One that does not even end then (a thread
 * lost in native code) ends the process, because nothing else would be reported.
 */
public final class Watchdog implements InvocationInterceptor {
    private static final int GRACE_SECONDS = 20;
    private static final int DEFAULT_SECONDS = 60;

    /** Multiplies every limit: for sanitizers and slow machines. */
    private static final int PATIENCE = Integer.getInteger("talaria.tests.patience", 1);

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        watch(invocation, context.getUniqueId(), secondsOf(call.getExecutable()));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        watch(invocation, context.getUniqueId(), secondsOf(call.getExecutable()));
    }

    private static int secondsOf(Method method) {
        BothEngines both = method.getAnnotation(BothEngines.class);
        NativeOnly nativeOnly = method.getAnnotation(NativeOnly.class);
        int seconds = both != null ? both.seconds() : nativeOnly != null ? nativeOnly.seconds() : DEFAULT_SECONDS;
        return seconds * PATIENCE;
    }

    private static void watch(Invocation<Void> invocation, String name, int seconds) throws Throwable {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean late = new AtomicBoolean();
        Thread tested = Thread.currentThread();
        Thread dog = new Thread(() -> guard(tested, name, seconds, ended, late), "watchdog");
        dog.setDaemon(true);
        dog.start();
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            if (late.get()) {
                throw new AssertionError(name + " did not end within " + seconds + " s: see the dump above", failure);
            }
            throw failure;
        } finally {
            ended.countDown();
            dog.join();
            boolean interrupted = Thread.interrupted();
            if (interrupted && !late.get()) {
                System.out.println("NOTE: " + name + " left the interrupt flag set");
            }
        }
        if (late.get()) {
            throw new AssertionError(name + " did not end within " + seconds + " s: see the dump above");
        }
    }

    private static void guard(Thread tested, String name, int seconds, CountDownLatch ended, AtomicBoolean late) {
        try {
            if (ended.await(seconds, TimeUnit.SECONDS)) {
                return;
            }
            late.set(true);
            dump(name, seconds);
            tested.interrupt();
            if (!ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(name + " does not react to its interrupt either: ending the process");
                Runtime.getRuntime().halt(97);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void dump(String name, int seconds) {
        StringBuilder text = new StringBuilder("WATCHDOG: " + name + " runs for more than " + seconds + " s\n");
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            text.append('"')
                    .append(thread.getName())
                    .append("\" ")
                    .append(thread.getState())
                    .append('\n');
            for (StackTraceElement frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        System.err.println(text);
    }
}
