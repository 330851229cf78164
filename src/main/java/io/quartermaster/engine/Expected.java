package io.quartermaster.engine;

/** What a command supposes about a stream's version; what does not hold is a {@link Conflict}. */
public sealed interface Expected {

    /** The stream has exactly this many events; 0 is {@link None}. */
    record Exactly(long version) implements Expected {

        public Exactly {
            if (version < 0)
                throw new IllegalArgumentException("no version is below 0: " + version);
        }
    }

    /** The stream has no events yet. */
    record None() implements Expected {}

    /** The stream has at least one event. */
    record Exists() implements Expected {}

    /** Nothing is supposed. */
    record Any() implements Expected {}

    /** Whether a stream of this version is what was expected. */
    default boolean holdsFor(long actual) {
        return switch (this) {
            case Exactly(long version) -> actual == version;
            case None() -> actual == 0;
            case Exists() -> actual > 0;
            case Any() -> true;
        };
    }
}
