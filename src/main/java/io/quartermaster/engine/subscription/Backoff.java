package io.quartermaster.engine.subscription;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: doubling from the first pause, with jitter so that what
 * failed together is not tried together.
 *
 * @param first pause after the first failure
 * @param longest no pause is longer
 * @param attempts failures after which a person has to act
 */
public record Backoff(Duration first, Duration longest, int attempts) {

    /** Gives up after about half an hour. */
    public static final Backoff ORDINARY =
            new Backoff(Duration.ofMillis(200), Duration.ofMinutes(5), 15);

    /** The pause after that many failures: between half and all of the doubled time. */
    public Duration after(int failures, RandomGenerator random) {
        long full = first.toMillis() << Math.min(failures - 1, 30);
        long capped = Math.clamp(full, 1, longest.toMillis());
        return Duration.ofMillis(capped - random.nextLong(capped / 2 + 1));
    }
}
