package io.quartermaster.es;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Given events, when a command comes, then events or a refusal. One When for each scenario. */
public final class Scenario<C, S, E> {

    private final Decider<C, S, E> decider;
    private S state;
    private @Nullable C command;

    private Scenario(Decider<C, S, E> decider, S state) {
        this.decider = decider;
        this.state = state;
    }

    /** An aggregate to which this has happened. */
    @SafeVarargs
    public static <C, S, E> Scenario<C, S, E> given(Decider<C, S, E> decider, E... past) {
        var scenario = new Scenario<>(decider, decider.initial());
        for (E event : past) {
            scenario.happened(event);
        }
        return scenario;
    }

    /** To which this has happened as well. */
    @SafeVarargs
    public final Scenario<C, S, E> and(E... past) {
        for (E event : past) {
            happened(event);
        }
        return this;
    }

    private void happened(E event) {
        state = decider.evolve(state, event);
    }

    /** To which this was said, with whatever followed from it. */
    @SafeVarargs
    public final Scenario<C, S, E> after(C... commands) {
        for (C earlier : commands) {
            decider.decide(earlier, state).forEach(this::happened);
        }
        return this;
    }

    /** What is said to it. */
    public Scenario<C, S, E> when(C now) {
        if (command != null) {
            throw new IllegalStateException("one When for each scenario");
        }
        command = now;
        return this;
    }

    /** Exactly these events follow. */
    @SafeVarargs
    public final void then(E... expected) {
        List<E> wanted = new ArrayList<>();
        for (E event : expected) {
            wanted.add(event);
        }
        assertEquals(wanted, events());
    }

    /** It is refused, in words. */
    public void thenRejected(String code) {
        Rejected refused = assertThrows(Rejected.class, this::events);
        assertEquals(code, refused.code());
        assertFalse(String.valueOf(refused.getMessage()).isBlank());
    }

    /** The events that follow. */
    public List<E> events() {
        if (command == null) {
            throw new IllegalStateException("a scenario needs a When");
        }
        return new ArrayList<>(decider.decide(command, state));
    }

    /** The state after the command, or after what was given when there is none. */
    public S state() {
        if (command != null) {
            events().forEach(this::happened);
        }
        return state;
    }
}
