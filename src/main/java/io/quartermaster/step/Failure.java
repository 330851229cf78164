package io.quartermaster.step;

/**
 * What went wrong, for the person who has to mend it. Holds no secret.
 *
 * @param code stable, lower case with hyphens: {@code step-failed}, {@code disk-full}, {@code
 *     host-unreachable}
 * @param reason what was found, in a sentence
 * @param remedy what to do, in a sentence
 * @param retry whether trying again without a change can help
 */
public record Failure(String code, String reason, String remedy, Retry retry) {

    /** Whether trying again can help. */
    public enum Retry {
        /** The same again may succeed: an exit status, a busy lock. */
        WORTHWHILE,
        /**
         * Nothing will change until a person changes something: a bad password, a changed host key.
         */
        POINTLESS
    }
}
