package io.quartermaster.es;

import java.util.List;

/**
 * The rules of one kind of aggregate as two pure functions. A decider reads no clock, draws no ids
 * and does no I/O: what it needs of the world is in the command.
 *
 * @param <C> the sealed commands
 * @param <S> the sealed states
 * @param <E> the sealed events
 */
public interface Decider<C, S, E> {

    /**
     * The kind of stream this decider rules, as it stands in {@link StreamId#type()}; never changes
     * once stored.
     */
    String streamType();

    /** The sealed root of the commands that may be sent to such a stream. */
    Class<C> commands();

    /** The sealed root of the events that such a stream holds. */
    Class<E> events();

    /** The state of a stream without events. */
    S initial();

    /**
     * What happens when the command meets the state. An empty list means that the command is
     * already fulfilled.
     *
     * @throws Rejected when a rule forbids it; nothing is then recorded
     */
    List<E> decide(C command, S state);

    /**
     * The state after the event. Must accept every event ever recorded; it has no way to refuse
     * one.
     */
    S evolve(S state, E event);

    /**
     * Counts up when {@link #evolve} comes to fold the same events to another state of the same
     * shape: snapshots of the earlier one are then void.
     */
    default int stateVersion() {
        return 1;
    }
}
