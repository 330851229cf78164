package io.quartermaster.view.machine;

import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import io.quartermaster.view.machine.MachineRow.Pause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a machine from being ready, as a condition says it.
 *
 * @param reason CamelCase, never empty
 * @param message for people: what was found, what to do, and when it goes on by itself
 */
public record Obstacle(String reason, String message) {

    /**
     * A host has yet to be found, or made.
     *
     * @param trouble why the machine's own host is not there yet, absent when it waits for any
     */
    public static Obstacle noHost(String machineClass, @Nullable Failure trouble) {
        if (trouble != null) return because(trouble, "it is looked at again by itself");
        return new Obstacle("WaitingForHost", "no host of class " + machineClass + " is free");
    }

    /** The run pauses. */
    public static Obstacle paused(Pause pause) {
        return because(pause.why(), "it goes on at " + shown(pause.until()));
    }

    /**
     * The run failed.
     *
     * @param retryAt when the next one is due, absent when a person has to act
     */
    public static Obstacle failed(Failure failure, @Nullable Instant retryAt) {
        return because(
                failure,
                retryAt == null
                        ? "it is not tried again by itself"
                        : "it is tried again at " + shown(retryAt));
    }

    /** Why this machine, which is not ready, is not. */
    static Obstacle of(MachineRow row) {
        if (row.failure() != null) return failed(row.failure(), row.retryAt());
        if (row.waiting() != null) return paused(row.waiting());
        return switch (row.phase()) {
            case "requested" -> noHost(row.spec().machineClass(), row.hostTrouble());
            case "allocated" ->
                    new Obstacle("RunDue", run(row) + " is due, and no runner has taken it yet");
            case "released" -> new Obstacle("Released", String.valueOf(row.releaseReason()));
            default -> new Obstacle(Condition.reason(row.phase()), run(row) + " is not over yet");
        };
    }

    private static String run(MachineRow row) {
        return "run " + row.run() + " on host " + row.host();
    }

    private static Obstacle because(Failure failure, String then) {
        return new Obstacle(
                Condition.reason(failure.code()),
                failure.reason() + "; to do: " + failure.remedy() + "; " + then);
    }

    private static Instant shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
