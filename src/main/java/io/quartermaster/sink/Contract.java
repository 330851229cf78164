package io.quartermaster.sink;

import io.quartermaster.billing.delivery.UsageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What another side that is spoken to over HTTP understands, and what its answers mean. */
interface Contract {

    /** Slices in one request. */
    int most();

    /** Why a slice cannot be said at all, if that is so. */
    Optional<String> unfit(UsageRecord slice);

    /** The request with slices, the same bytes each time. */
    Request say(List<UsageRecord> slices);

    /** What the answer to that request means. */
    Verdict judge(List<UsageRecord> slices, Answer answer, Instant now);

    /** The request that asks for a slice, where there is one. */
    default Optional<Request> ask(UsageRecord slice) {
        return Optional.empty();
    }

    /** What the answer to that request means. */
    default Finding find(UsageRecord slice, Answer answer) {
        return new Finding.Unknown("this kind of sink cannot be read back");
    }
}
