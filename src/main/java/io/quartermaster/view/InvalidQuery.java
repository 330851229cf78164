package io.quartermaster.view;

/** A question that cannot be understood. The caller's mistake: no stack trace is taken. */
public final class InvalidQuery extends RuntimeException {
    private final String code;
    private final String parameter;

    /**
     * @param code stable, lower case with hyphens: {@code label-selector-invalid}
     * @param parameter which part of the question
     * @param message what was found, what would be right
     */
    public InvalidQuery(String code, String parameter, String message) {
        super(message, null, false, false);
        this.code = code;
        this.parameter = parameter;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** Which part of the question. */
    public String parameter() {
        return parameter;
    }
}
