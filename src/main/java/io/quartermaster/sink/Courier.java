package io.quartermaster.sink;

import io.quartermaster.billing.delivery.UsageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Brings slices to one other side. */
public interface Courier extends AutoCloseable {

    /** Slices that go together at most. */
    int most();

    /** Why a slice cannot be brought at all, if that is so. */
    Optional<String> unfit(UsageRecord slice);

    /** Brings slices, in their order. */
    Delivery bring(List<UsageRecord> slices, Instant now);

    /** Whether the other side has kept a slice that it took; empty when it cannot be asked. */
    Optional<Finding> find(UsageRecord slice);

    @Override
    void close();

    /**
     * What came of it.
     *
     * @param answer for people, without anything secret
     */
    record Delivery(Verdict verdict, String answer) {}
}
