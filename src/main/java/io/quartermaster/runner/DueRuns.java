package io.quartermaster.runner;

import java.time.Instant;
import java.util.List;

/** Where the runner looks for work. It may name runs that are taken already: the lease decides. */
public interface DueRuns {

    /** At most {@code limit} runs that are due at the instant, the longest waiting first. */
    List<DueRun> due(int limit, Instant now);
}
