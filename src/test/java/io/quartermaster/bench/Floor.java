package io.quartermaster.bench;

/** What the design asks of a number. */
sealed interface Floor {

    /** Whether the number is good enough. */
    boolean holds(double value);

    /** No less. */
    record AtLeast(double limit) implements Floor {
        @Override
        public boolean holds(double value) {
            return value >= limit;
        }

        @Override
        public String toString() {
            return "at least " + Sample.number(limit);
        }
    }

    /** No more. */
    record AtMost(double limit) implements Floor {
        @Override
        public boolean holds(double value) {
            return value <= limit;
        }

        @Override
        public String toString() {
            return "at most " + Sample.number(limit);
        }
    }

    /** Nothing: the number is there to be known. */
    record None() implements Floor {
        @Override
        public boolean holds(double value) {
            return true;
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
