package io.quartermaster.billing.delivery;

import io.quartermaster.billing.delivery.Letter.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where sinks find what to send, and note how far they have got. Each sink is worked on under a
 * lease; what the holder of a later one has taken over, nobody else changes any more.
 */
public interface Deliveries {

    /** Somebody with a later lease works on this sink by now. */
    final class Superseded extends RuntimeException {
        public Superseded(String sink) {
            super("the sink '" + sink + "' was taken over by another replica");
        }
    }

    /**
     * Takes a sink over.
     *
     * @param epoch of the lease
     * @param fromNow where a sink begins that is new: after the slices there are, or before them
     * @throws Superseded when that was done under a later one
     */
    SinkState take(String sink, long epoch, boolean fromNow);

    /** The first slices after a place in the order that are no dead letters of the sink. */
    List<UsageRecord> after(String sink, long seq, int limit);

    /**
     * Notes how far a sink has got, together with what it could not get rid of.
     *
     * @param dead by slice; one that is a dead letter already stays as it is
     * @throws Superseded when somebody else works on it by now; then nothing was noted
     */
    void save(SinkState state, long epoch, Map<UsageRecord, Cause> dead, Instant now);

    /**
     * Notes how far it was read back what the other side has kept, unless a person has asked for
     * something else meanwhile.
     *
     * @throws Superseded when somebody else works on it by now; then nothing was noted
     */
    void settle(
            SinkState state,
            SinkState.Settled next,
            long epoch,
            Map<UsageRecord, Cause> dead,
            Instant now);

    /** Dead letters of which a person wants that they are sent once more, oldest first. */
    List<Letter> wanted(String sink, int limit);

    /** A dead letter was taken by the other side after all. */
    void arrived(Letter letter);

    /** A dead letter could not be delivered once more, and waits again. */
    void died(Letter letter, Cause cause, Instant now);
}
