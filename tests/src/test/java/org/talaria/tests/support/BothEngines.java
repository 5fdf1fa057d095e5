package org.talaria.tests.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A behaviour test: runs once on each engine, with a {@link Fabric} that opens it, under a watchdog. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith({EngineInvocations.class, Watchdog.class})
public @interface BothEngines {
    /** Seconds after which the watchdog fails the test with a thread dump. */
    int seconds() default 60;
}
