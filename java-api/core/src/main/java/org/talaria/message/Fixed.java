package org.talaria.message;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An array component of a {@link Message} that always has the same number of elements: {@code @Fixed(4) int[] quad}. It lies in the fixed part of the
 * message, without a descriptor. Sending an array of another length throws {@link IllegalArgumentException} before anything is claimed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Fixed {
    /** The number of elements, at least 1; the fixed part of the message may have at most 65,536 bytes. */
    int value();
}
