package io.quartermaster.step;

import java.time.Duration;

/**
 * Where an executor says what happens, while it happens. Each call returns when it is recorded; a
 * call that throws ends the execution on this side, while the target goes on with what it has and
 * can be re-attached to.
 */
public interface Journal {

    /**
     * Before the target gets the steps {@code first} to {@code last}: from here on they may happen.
     *
     * @param first index of the first, as in {@link Work.Task#index()}
     * @param last index of the last, inclusive
     */
    void sending(int first, int last);

    /**
     * A step runs, or was found running or finished by a call that came back to it: its output
     * follows from the first byte. Who keeps output forgets what it has of this attempt.
     */
    void started(int index, int attempt);

    /** Output of a step as it comes, not cut at lines; secrets are masked by the receiver. */
    void output(int index, String text);

    /** A step ended. */
    void finished(int index, int attempt, StepResult result, Duration took);

    /**
     * The host or bastion showed this key and has none pinned. Returns when the pin is recorded;
     * only then does the sign-in go on.
     *
     * @param host its name
     * @param key as OpenSSH writes it
     */
    void firstContact(String host, String key);

    /** What someone asked for in the meantime; looked at between reads of output. */
    Wish wish();

    /** What the run shall do. */
    enum Wish {
        GO_ON,
        /** Stop after the current step. */
        STOP,
        /** Kill the current step and stop. */
        KILL
    }
}
