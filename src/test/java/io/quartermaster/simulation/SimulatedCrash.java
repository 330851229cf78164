package io.quartermaster.simulation;

/** Goes through everything that a replica is doing at the moment it is killed. */
final class SimulatedCrash extends Error {

    SimulatedCrash(String replica) {
        super(replica + " was killed", null, false, false);
    }
}
