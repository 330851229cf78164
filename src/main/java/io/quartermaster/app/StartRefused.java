package io.quartermaster.app;

/**
 * The daemon cannot start, for a reason that a person can remove. The message says what was found
 * and what to do; it is shown as it is, without a stack trace.
 */
final class StartRefused extends RuntimeException {
    private final String code;

    /**
     * @param code stable, lower case with hyphens: {@code data-directory-in-use}
     */
    StartRefused(String code, String message) {
        super(message);
        this.code = code;
    }

    StartRefused(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    String code() {
        return code;
    }
}
