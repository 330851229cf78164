package io.quartermaster.billing.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sink has got.
 *
 * @param cursor every slice up to this one is dealt with: taken by the other side, or a dead letter
 * @param condition whether anything is sent
 * @param reason why nothing is sent, absent while something is
 * @param failures attempts in a row that came to nothing
 * @param nextAttemptAt absent for at once
 * @param refused slices in a row that the other side refused
 * @param last what the other side said at last
 */
public record SinkState(
        String sink,
        long cursor,
        Condition condition,
        @Nullable String reason,
        int failures,
        @Nullable Instant nextAttemptAt,
        int refused,
        Last last,
        Settled settled) {

    /** Whether a sink sends. */
    public enum Condition {
        /** It sends as soon as there is something. */
        ACTIVE,
        /** A person has to mend something first, then to resume it. */
        PAUSED,
        /** The other side wants nothing more, until a person resumes it. */
        DISABLED
    }

    /**
     * The last answer.
     *
     * @param answer as a short text, without anything secret
     * @param successAt when something was taken for the last time
     */
    public record Last(@Nullable String answer, @Nullable Instant at, @Nullable Instant successAt) {

        /** Nothing was ever sent. */
        public static final Last NOTHING = new Last(null, null, null);
    }

    /**
     * How far it was read back whether the other side has kept what it took.
     *
     * @param seq up to this slice it was
     * @param next up to this one it is at the next look, for which it had time to settle
     * @param since when that was so
     */
    public record Settled(long seq, long next, @Nullable Instant since) {}

    /** A sink that has sent nothing yet. */
    public static SinkState begin(String sink, long cursor) {
        return new SinkState(
                sink,
                cursor,
                Condition.ACTIVE,
                null,
                0,
                null,
                0,
                Last.NOTHING,
                new Settled(cursor, cursor, null));
    }

    /** The other side has answered, or said nothing in time. */
    public SinkState answered(String answer, Instant now) {
        return with(new Last(answer, now, last.successAt()));
    }

    /** Everything up to a slice was taken. */
    public SinkState delivered(long seq, Instant now) {
        return new SinkState(
                sink,
                Math.max(cursor, seq),
                Condition.ACTIVE,
                null,
                0,
                null,
                0,
                new Last(last.answer(), last.at(), now),
                settled);
    }

    /**
     * Slices have become dead letters; whatever is wrong with them, the way to the sink is open.
     *
     * @param seq everything up to this one is dealt with
     * @param count how many were refused, with none taken
     */
    public SinkState refused(long seq, int count) {
        return new SinkState(
                sink,
                Math.max(cursor, seq),
                condition,
                reason,
                0,
                null,
                refused + count,
                last,
                settled);
    }

    /** It is tried again at an instant. */
    public SinkState later(Instant at) {
        return new SinkState(
                sink, cursor, condition, reason, failures + 1, at, refused, last, settled);
    }

    /** Nothing is sent until a person says so. */
    public SinkState stopped(Condition how, String why) {
        return new SinkState(sink, cursor, how, why, failures, null, refused, last, settled);
    }

    private SinkState with(Last next) {
        return new SinkState(
                sink, cursor, condition, reason, failures, nextAttemptAt, refused, next, settled);
    }
}
