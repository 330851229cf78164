package io.quartermaster.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many small worlds, each from its seed. A seed that fails is printed; {@code -Dsimulation.seed=N}
 * replays it and prints what happened.
 */
class SimulationTest {

    private static final long SEEDS = Long.getLong("simulation.seeds", 10_000);

    /** What is violated in the world of a seed, if anything is. */
    static Optional<String> violation(long seed, Set<Flaw> flaws, Trace trace) {
        try {
            new World(seed, flaws, trace).run();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(String.valueOf(violation.getMessage()));
        }
    }

    @Test
    void whatever_happens_the_invariants_hold() {
        Long replay = Long.getLong("simulation.seed");
        if (replay != null) {
            replay(replay);
            return;
        }
        LongStream.range(0, SEEDS)
                .parallel()
                .filter(seed -> violation(seed, Set.of(), new Trace(false)).isPresent())
                .findAny()
                .ifPresent(this::replay);
    }

    private void replay(long seed) {
        Trace trace = new Trace(true);
        violation(seed, Set.of(), trace)
                .ifPresent(
                        what ->
                                fail(
                                        trace
                                                + "\n\nseed "
                                                + seed
                                                + ": "
                                                + what
                                                + "\nreplay with -Dsimulation.seed="
                                                + seed));
    }

    @Test
    void the_same_seed_is_the_same_world() {
        for (long seed = 0; seed < 20; seed++) {
            Trace first = new Trace(true);
            Trace second = new Trace(true);
            violation(seed, Set.of(), first);
            violation(seed, Set.of(), second);
            assertEquals(first.toString(), second.toString());
        }
    }
}
