package io.quartermaster.kube;

import io.quartermaster.step.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster did not do what it was asked; says why in a form that the caller of steps gets. */
final class ClusterException extends Exception {

    /**
     * What an API server said instead of doing it.
     *
     * @param status of HTTP
     * @param reason one word, {@code Conflict}; may be empty
     * @param message a sentence of the server
     * @param causes details of it
     */
    record Answer(int status, String reason, String message, List<Cause> causes) {

        /** Whether one of its causes has the reason. */
        boolean isCausedBy(String what) {
            return causes.stream().anyMatch(cause -> cause.reason().equals(what));
        }
    }

    /** A detail of an answer; {@code field} may be empty. */
    record Cause(String reason, String message, String field) {}

    private final transient Failure failure;
    private final transient @Nullable Answer answer;
    private final boolean away;

    private ClusterException(Failure failure, @Nullable Answer answer, boolean away) {
        super(failure.reason());
        this.failure = failure;
        this.answer = answer;
        this.away = away;
    }

    /** Nothing is known to have failed, but the cluster cannot be spoken to now. */
    static ClusterException away(Failure failure) {
        return new ClusterException(failure, null, true);
    }

    /** The cluster answered, and said no. */
    static ClusterException refused(Answer answer, Failure failure) {
        return new ClusterException(failure, answer, false);
    }

    /** It was not even asked: no cluster could do it. */
    static ClusterException impossible(Failure failure) {
        return new ClusterException(failure, null, false);
    }

    Failure failure() {
        return failure;
    }

    boolean isAway() {
        return away;
    }

    /** Whether an API server answered with that status of HTTP. */
    boolean isStatus(int status) {
        return answer != null && answer.status() == status;
    }

    /** What the server said in its own words, with their details. */
    String said() {
        if (answer == null) {
            return failure.reason();
        }
        StringBuilder said = new StringBuilder(answer.message());
        answer.causes().stream()
                .map(Cause::message)
                .filter(message -> said.indexOf(message) < 0)
                .forEach(message -> said.append(" ").append(message));
        return said.toString();
    }
}
