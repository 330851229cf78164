package io.quartermaster.app;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quartermaster.view.machine.RunLog;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Forgets what steps printed once it is old enough; that they ran stays in the log. */
@Singleton
final class RunLogRetention {
    private static final int AT_ONCE = 100;
    private static final Duration SHORTEST = Duration.ofHours(1);

    private final RunLog log;
    private final Duration kept;
    private final InstantSource clock;

    @Inject
    RunLogRetention(RunLog log, Settings settings, InstantSource clock) {
        this(log, settings.runLogKept(), clock);
    }

    RunLogRetention(RunLog log, Duration kept, InstantSource clock) {
        this.log = log;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * A mistyped unit must not cost the output of the runs that are under way.
     *
     * @throws StartRefused when the time is shorter than an hour
     */
    static void check(Duration kept) {
        if (kept.compareTo(SHORTEST) < 0) {
            throw new StartRefused(
                    "invalid-setting",
                    "quartermaster.run-log-kept is "
                            + kept
                            + "; expected at least an hour, such as 12h or 30d");
        }
    }

    /** In small goes, so that no transaction is long. */
    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        var since = clock.instant().minus(kept);
        int forgotten;
        do {
            forgotten = log.forget(since, AT_ONCE);
        } while (forgotten == AT_ONCE);
    }
}
