package io.quartermaster.es;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy: a decider with its arrows reversed, events in and commands out, pure. The host keeps
 * one state for each correlation key and changes it in the transaction of its checkpoint, so each
 * event counts exactly once.
 *
 * <p>A command that its aggregate rejects is recorded and not repeated: an aggregate answers with
 * an event where a saga has to know.
 *
 * @param <S> state of one instance, a record that the codec can write
 */
public interface Saga<S> {

    /**
     * Stable name with a version, {@code rollout.v1}: a new version starts from the log's
     * beginning.
     */
    String name();

    /** Sealed roots of the events it listens to. */
    Set<Class<?>> listensTo();

    /** The class of the state. */
    Class<S> stateType();

    /** The instance an event belongs to, or empty when it concerns none. */
    Optional<String> correlate(Envelope<?> event);

    /** The state of an instance before its first event. */
    S initial();

    /** The state after the event. */
    S evolve(S state, Envelope<?> event);

    /** What to do, given the state that already includes the event. */
    List<Effect> react(S state, Envelope<?> event);
}
