package org.talaria.tests.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of what only the native engine does: several workers, C++ handlers. README lists them. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith({EngineInvocations.class, Watchdog.class})
public @interface NativeOnly {
    /** Seconds after which the watchdog fails the test with a thread dump. */
    int seconds() default 60;
}
