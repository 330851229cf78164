package io.quartermaster.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quartermaster.view.ledger.Verification;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One verification of the books at a time, in the background: it may take a while. */
@Singleton
final class Verifying {
    private static final Logger LOG = Logger.getLogger(Verifying.class);

    private final Verification verification;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Run> last = new AtomicReference<>();

    @Inject
    Verifying(Verification verification, InstantSource clock) {
        this.verification = verification;
        this.clock = clock;
    }

    /**
     * A verification on this replica.
     *
     * @param state {@code running}, {@code passed}, {@code differs}, or {@code broken} when it
     *     could not be brought to an end
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Run(
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            Verification.@Nullable Report report) {

        boolean isOver() {
            return endedAt != null;
        }
    }

    /** The newest, if there was one since the start. */
    Optional<Run> last() {
        return Optional.ofNullable(last.get());
    }

    /** Starts one, unless one is running. */
    Run start() {
        var before = last.get();
        if (before != null && !before.isOver()) return before;
        var run = new Run("running", clock.instant(), null, null);
        if (!last.compareAndSet(before, run)) return start();
        Thread.ofVirtual().name("verification").start(() -> last.set(ended(run)));
        return run;
    }

    private Run ended(Run run) {
        try {
            var report = verification.run();
            var state = report.differences().isEmpty() ? "passed" : "differs";
            return new Run(state, run.startedAt(), clock.instant(), report);
        } catch (RuntimeException e) {
            LOG.error("The books could not be verified", e);
            return new Run("broken", run.startedAt(), clock.instant(), null);
        }
    }
}
