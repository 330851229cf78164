package io.quartermaster.inventory;

/**
 * Carries a problem from where it is found to where problems are gathered; never leaves the
 * package.
 */
final class Refusal extends RuntimeException {
    private final transient Problem problem;

    Refusal(Problem.Code code, Origin origin, String found, String expected) {
        this(new Problem(code, origin, found, expected));
    }

    Refusal(Problem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
