package io.quartermaster.es;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a saga wants done, as data. The saga host does it in the transaction that stores the saga's
 * state.
 */
public sealed interface Effect {

    /**
     * Sends a command; its id follows from saga, event and ordinal, so that a repeat is no second
     * command.
     *
     * @param at when what follows happened in the world, absent for when the command is carried out
     */
    record Send(StreamId target, Object command, @Nullable Instant at) implements Effect {

        /** A command whose events happen when it is carried out. */
        public Send(StreamId target, Object command) {
            this(target, command, null);
        }
    }

    /**
     * Sends a command at an instant unless cancelled before. A later one of the same name replaces
     * it.
     */
    record Schedule(String name, Instant at, StreamId target, Object command) implements Effect {}

    /** Cancels a scheduled command of this saga instance; nothing happens when there is none. */
    record Cancel(String name) implements Effect {}
}
