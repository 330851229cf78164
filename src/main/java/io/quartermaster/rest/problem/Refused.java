package io.quartermaster.rest.problem;

/**
 * A request is not carried out, for a reason the caller can be told. Expected in ordinary life: no
 * stack trace is taken.
 */
public final class Refused extends RuntimeException {
    private final Problem problem;
    private final int retryAfterSeconds;

    private Refused(Problem problem, int retryAfterSeconds) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public Refused(Problem problem) {
        this(problem, 0);
    }

    public Refused(int status, String code, String detail) {
        this(Problem.of(status, code, detail));
    }

    /**
     * A request that may be sent again as it is.
     *
     * @param seconds how long to wait before
     */
    public static Refused retryAfter(int seconds, Problem problem) {
        return new Refused(problem, seconds);
    }

    /** A parameter or header whose value cannot be used; told with what would be right. */
    public static Refused parameter(String name, String value, String right) {
        var message = "'%s' is '%s'; %s".formatted(name, Problem.excerpt(value), right);
        return new Refused(Problem.of(400, "invalid-parameter", message));
    }

    public Problem problem() {
        return problem;
    }

    /** In seconds, 0 where repeating the request is no help. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
