package io.quartermaster.runner;

import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.PlanStep;

/** What can go wrong with a run on this side of the wire, in words. */
final class Failures {

    private Failures() {}

    static Failure cancelled() {
        return new Failure(
                "cancelled",
                "the run was cancelled",
                "retry or release the machine",
                Retry.POINTLESS);
    }

    /** It could not be seen whether what was under way has stopped. */
    static Failure cancelled(Failure obstacle) {
        return new Failure(
                "cancelled",
                "the run was cancelled; " + obstacle.reason(),
                "retry or release the machine",
                Retry.POINTLESS);
    }

    /** The exception itself is for the daemon's log: its message may quote anything. */
    static Failure defect(RuntimeException defect) {
        return new Failure(
                "daemon-defect",
                "the daemon met a " + defect.getClass().getSimpleName() + " that it did not expect",
                "look into the daemon's log and report it; the run is tried again by itself",
                Retry.WORTHWHILE);
    }

    static Failure quarantined(String host, String why) {
        return new Failure(
                "host-quarantined",
                "host " + host + " is quarantined: " + why,
                "make sure of the host, then forget its keys or lift the quarantine",
                Retry.WORTHWHILE);
    }

    static Failure keyChanged(String host, String shown) {
        return new Failure(
                "host-key-changed",
                "host " + host + " shows the key " + shown + ", which is not the pinned one",
                "find out why; if the host was re-imaged on purpose, forget its keys",
                Retry.WORTHWHILE);
    }

    static Failure noRevision(String plan, int revision) {
        return new Failure(
                "plan-unknown",
                "revision " + revision + " of plan " + plan + " is not in the log",
                "restore the database, or release the machine",
                Retry.POINTLESS);
    }

    static Failure unrenderable(Templates.Unrenderable refused) {
        return new Failure(
                "template-error",
                String.valueOf(refused.getMessage()),
                "correct the plan or its parameters; a brace that is no expression is written \\{",
                Retry.POINTLESS);
    }

    static Failure unsafePath(Paths.Unsafe refused) {
        return new Failure(
                "unsafe-path",
                String.valueOf(refused.getMessage()),
                "correct the plan, its parameters or the host's variables: a path on a machine is"
                        + " absolute, without '..' and of one line",
                Retry.POINTLESS);
    }

    static Failure pending(PlanStep step, String reason) {
        return new Failure(
                "step-pending",
                inStep(step, reason),
                "nothing: it goes on by itself",
                Retry.WORTHWHILE);
    }

    static Failure waitedTooLong(PlanStep step, String reason) {
        return new Failure(
                "step-timeout",
                inStep(step, "waited " + step.timeout().toSeconds() + " s: " + reason),
                "look at the host, or give the step more timeoutSeconds",
                Retry.WORTHWHILE);
    }

    static Failure inStep(PlanStep step, Failure failure) {
        return new Failure(
                failure.code(), inStep(step, failure.reason()), failure.remedy(), failure.retry());
    }

    private static String inStep(PlanStep step, String reason) {
        return "step '" + step.name() + "': " + reason;
    }
}
