package io.quartermaster.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The invariants are no decoration: each mistake that is built into worlds is found in some. */
class SimulationCanFailTest {

    private static final long SEEDS = 3_000;

    @ParameterizedTest
    @EnumSource
    void a_mistake_is_found(Flaw flaw) {
        assertTrue(
                LongStream.range(0, SEEDS).parallel().anyMatch(seed -> isFound(seed, flaw)),
                flaw + " was not found in " + SEEDS + " worlds");
    }

    private static boolean isFound(long seed, Flaw flaw) {
        return SimulationTest.violation(seed, Set.of(flaw), new Trace(false)).isPresent();
    }
}
