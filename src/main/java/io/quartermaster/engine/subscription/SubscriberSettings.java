package io.quartermaster.engine.subscription;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * How a subscriber works.
 *
 * @param liveBatch events in one go while it is up with the log: few, so that others see them soon
 * @param catchUpBatch events in one go while it is behind
 * @param backoff for events that fail
 * @param clock for retries
 * @param random for their jitter
 */
public record SubscriberSettings(
        int liveBatch,
        int catchUpBatch,
        Backoff backoff,
        InstantSource clock,
        RandomGenerator random) {

    /** Ten live and 500 when catching up. */
    public static SubscriberSettings ordinary(InstantSource clock, RandomGenerator random) {
        return new SubscriberSettings(10, 500, Backoff.ORDINARY, clock, random);
    }
}
