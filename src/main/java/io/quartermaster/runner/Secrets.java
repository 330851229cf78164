package io.quartermaster.runner;

import java.util.Optional;

/** Gives the values of secrets to templates, as {@code {secret:NAME}}. */
public interface Secrets {

    /** The value, or empty when there is no such secret. */
    Optional<String> value(String name);
}
