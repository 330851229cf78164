package io.quartermaster.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Measurements that take turns, ours and the peer's, so that whatever else the machine does, or
 * stops doing, hits both.
 */
record Rounds(List<Double> ours, List<Double> peer) {

    /** Gives a number. */
    @FunctionalInterface
    interface Measurement {
        double take() throws Exception;
    }

    /** So many rounds after one that does not count, in which everything gets warm. */
    static Rounds alternate(int count, Measurement ours, Measurement peer) throws Exception {
        ours.take();
        peer.take();
        var rounds = new Rounds(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < count; round++) {
            rounds.ours().add(ours.take());
            rounds.peer().add(peer.take());
        }
        return rounds;
    }

    /** Of something that has no peer. */
    static Sample alone(int count, Measurement ours) throws Exception {
        ours.take();
        var taken = new ArrayList<Double>();
        for (int round = 0; round < count; round++) taken.add(ours.take());
        return new Sample(taken);
    }
}
