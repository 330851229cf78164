package io.quartermaster.sink;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer of the other side means for the slices that were sent. */
public sealed interface Verdict {

    /** All were taken, now or before. */
    record Delivered() implements Verdict {}

    /**
     * They are refused for good. Of several it is not known which one is at fault.
     *
     * @param reason for whoever has to mend it
     */
    record Refused(String reason) implements Verdict {}

    /**
     * None was taken now, and it is known which ones are at fault; the others are to be sent again.
     *
     * @param known sequence numbers of those that had been taken before
     * @param refused why, by sequence number
     */
    record Partly(Set<Long> known, Map<Long, String> refused) implements Verdict {}

    /**
     * Whether they were taken is unknown, or they were not; to be sent again, the same.
     *
     * @param pause what the other side asks for, absent where it asks for nothing
     */
    record Later(@Nullable Duration pause) implements Verdict {}

    /** A person has to mend something on this side or the other. */
    record Paused(String reason) implements Verdict {}

    /** The other side wants nothing more. */
    record Disabled(String reason) implements Verdict {}
}
