package io.quartermaster.es;

import java.time.Instant;

/**
 * What a saga wants done, as data. The saga host does it in the transaction that stores the saga's
 * state.
 */
public sealed interface Effect {

    /**
     * Sends a command; its id follows from saga, event and ordinal, so that a repeat is no second
     * command.
     */
    record Send(StreamId target, Object command) implements Effect {}

    /**
     * Sends a command at an instant unless cancelled before. A later one of the same name replaces
     * it.
     */
    record Schedule(String name, Instant at, StreamId target, Object command) implements Effect {}

    /** Cancels a scheduled command of this saga instance; nothing happens when there is none. */
    record Cancel(String name) implements Effect {}
}
