package io.quartermaster.view;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One aspect of a resource's state, as Kubernetes writes it ({@code metav1.Condition}).
 *
 * @param type CamelCase, unique among the conditions of a resource
 * @param reason CamelCase, never empty
 * @param message for people, may be empty
 * @param lastTransitionTime when the status became what it is, as well as it is known
 * @param observedGeneration the generation of what is wanted that this speaks of
 */
public record Condition(
        String type,
        Status status,
        String reason,
        String message,
        Instant lastTransitionTime,
        long observedGeneration) {

    /** A code as a reason: {@code host-unreachable} is {@code HostUnreachable}. */
    public static String reason(String code) {
        return Arrays.stream(code.split("[- ]"))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Whether it holds; the names are those on the wire. */
    public enum Status {
        True,
        False,
        Unknown;

        /** True or False. */
        public static Status of(boolean holds) {
            return holds ? True : False;
        }
    }
}
