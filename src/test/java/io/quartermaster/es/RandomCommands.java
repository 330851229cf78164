package io.quartermaster.es;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Says anything in any order to a decider, and looks whether its rules hold. */
public final class RandomCommands {

    private static final int SEEDS = 2_000;
    private static final int COMMANDS = 60;

    private RandomCommands() {}

    /**
     * Tries many sequences, each from its seed. Nothing but refusals may be thrown, folding the
     * events anew must give the same state, and every kind of event must have happened.
     *
     * @param invariant looks at the state and all events after each command
     */
    public static <C, S, E> void tryOut(
            Decider<C, S, E> decider,
            Function<Random, C> commands,
            BiConsumer<S, List<E>> invariant) {
        Set<Class<?>> happened = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            S state = decider.initial();
            List<E> past = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                C command = commands.apply(random);
                try {
                    for (E event : decider.decide(command, state)) {
                        state = decider.evolve(state, event);
                        past.add(event);
                        happened.add(event.getClass());
                    }
                    invariant.accept(state, past);
                    assertEquals(state, refold(decider, past), "seed " + seed);
                } catch (Rejected refused) {
                    assertFalse(refused.code().isBlank());
                    assertFalse(String.valueOf(refused.getMessage()).isBlank());
                } catch (RuntimeException | AssertionError defect) {
                    throw new AssertionError(
                            "seed " + seed + ", " + command + " on " + state, defect);
                }
            }
        }
        assertEquals(Set.of(decider.events().getPermittedSubclasses()), happened);
    }

    private static <S, E> S refold(Decider<?, S, E> decider, List<E> past) {
        S state = decider.initial();
        for (E event : past) {
            state = decider.evolve(state, event);
        }
        return state;
    }
}
