package io.quartermaster.es;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name under which an event or a command is stored. It outlives every rename of the class. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Wire {

    /** {@code machine.ready}: the stream's type, a dot, what happened. */
    String value();

    /**
     * Counts up when the stored shape changes; an upcaster then leads from each version to the
     * next.
     */
    int version() default 1;
}
