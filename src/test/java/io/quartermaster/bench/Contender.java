package io.quartermaster.bench;

import java.time.Duration;

/** One way of taking ten steps on many hosts. */
interface Contender {

    /** On fresh hosts: every step changes something, or this throws. */
    Effort first() throws Exception;

    /** On the same hosts: no step changes anything, or this throws. */
    Effort second() throws Exception;

    /**
     * What it took.
     *
     * @param cpu of the controlling side, user and system together
     */
    record Effort(Duration took, Duration cpu) {

        double seconds() {
            return took.toMillis() / 1e3;
        }

        double cpuMillis(int hosts) {
            return (double) cpu.toMillis() / hosts;
        }
    }
}
