package io.quartermaster.es;

import java.util.Objects;

/**
 * A rule forbids the command in the present state. Expected in ordinary life: no stack trace is
 * taken.
 */
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String code;

    /**
     * @param code stable, lower case with hyphens, part of the public contract: {@code
     *     machine-not-failed}
     * @param message what was found, what would be right, what to do; shown to users, so never a
     *     secret
     */
    public Rejected(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The message; never missing, as it may be elsewhere. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The stable code. */
    public String code() {
        return code;
    }
}
