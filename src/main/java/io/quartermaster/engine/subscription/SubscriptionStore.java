package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Keeps checkpoints, parked streams and dead letters. */
public interface SubscriptionStore {

    /**
     * Takes over a subscriber's checkpoint, so that whoever had it before is fenced off.
     *
     * @param start where one begins that has no checkpoint yet
     * @throws Fenced when it is held under a newer lease
     * @throws IllegalStateException when the subscriber's slices were split in another way before
     */
    Checkpoint open(String subscriber, Slices slices, long epoch, long start);

    /**
     * Moves on in one transaction with what the work writes; both happen or neither.
     *
     * @throws Fenced when the checkpoint is no longer this one
     */
    void advance(Checkpoint from, long position, Work work);

    /** Notes why a subscriber has stopped, for people to see; forgotten when it is opened again. */
    void stop(Checkpoint checkpoint, String reason);

    /** Those that have stopped. */
    List<Stopped> stopped();

    /** The parked streams within the checkpoint's slices. */
    List<Parked> parked(Checkpoint checkpoint);

    /** Parks a stream, or notes another failure; without a time for a retry it is a dead letter. */
    void park(Tx tx, Parked parked, Instant now) throws SQLException;

    /** Lets a stream go on. */
    void unpark(Tx tx, Parked parked) throws SQLException;

    /** Where all subscribers stand. */
    List<Checkpoint> checkpoints();

    /** All parked streams, of all subscribers. */
    List<Parked> parked();

    /** The dead letters that wait for a decision, oldest first. */
    List<DeadLetter> deadLetters();

    /**
     * Decides about a dead letter: its stream goes on with the event itself or with the one after.
     *
     * @return whether there was such a dead letter without a decision
     */
    boolean resolve(long deadLetter, Resolution resolution);

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {
        void in(Tx tx) throws SQLException;
    }

    /**
     * A person's decision about a dead letter.
     *
     * @param skip whether the event is skipped for ever; else it is tried again
     * @param reason kept with it
     * @param actor who decided
     */
    record Resolution(boolean skip, String reason, String actor, Instant at) {}
}
