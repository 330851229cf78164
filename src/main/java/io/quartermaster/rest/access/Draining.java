package io.quartermaster.rest.access;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Whether the daemon is about to stop: it then takes no new work, and nobody waits any longer. */
@Singleton
public final class Draining {
    private static final int RETRY_SECONDS = 5;
    private volatile boolean draining;

    void onDelay(@Observes @Priority(1) ShutdownDelayInitiatedEvent ignored) {
        draining = true;
    }

    void onStop(@Observes @Priority(1) ShutdownEvent ignored) {
        draining = true;
    }

    /** Whether it has begun. */
    public boolean begun() {
        return draining;
    }

    /** The answer to whoever comes too late. */
    public static Refused refusal() {
        var detail = "the daemon is stopping and takes no new work; send the request again";
        return Refused.retryAfter(RETRY_SECONDS, Problem.of(503, "draining", detail));
    }
}
