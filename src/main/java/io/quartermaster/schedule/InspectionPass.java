package io.quartermaster.schedule;

import io.quartermaster.runner.Inspector;
import io.quartermaster.step.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Looks at the hosts whose turn it is, many at a time, and notes how each look went. */
public final class InspectionPass {

    private static final Logger LOG = Logger.getLogger(InspectionPass.class);

    /** Looks at the same time; the SSH limits hold besides. */
    private static final int AT_ONCE = 64;

    /** Whose turn it is, and what is remembered of the looks. */
    public interface Rounds {

        /** At most so many hosts that were never looked at, or not for a while. */
        List<String> due(int limit);

        /** A look was taken; the failure is absent when it went well. */
        void looked(String host, Optional<Failure> failure);
    }

    private final Rounds rounds;
    private final Inspector inspector;

    public InspectionPass(Rounds rounds, Inspector inspector) {
        this.rounds = rounds;
        this.inspector = inspector;
    }

    /**
     * Looks at the hosts that are due now.
     *
     * @return how many
     */
    public int run() throws InterruptedException {
        List<String> due = rounds.due(AT_ONCE);
        if (due.isEmpty()) {
            return 0;
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> looks =
                    due.stream().<Future<?>>map(host -> threads.submit(() -> look(host))).toList();
            for (Future<?> look : looks) {
                await(look);
            }
        }
        return due.size();
    }

    private static void await(Future<?> look) throws InterruptedException {
        try {
            look.get();
        } catch (ExecutionException e) {
            LOG.error("A host could not be inspected because of a defect", e.getCause());
        }
    }

    private Void look(String host) throws InterruptedException {
        Optional<Failure> failure = inspector.inspect(host);
        failure.ifPresent(
                why ->
                        LOG.warnf(
                                "Host %s: %s; %s [%s]",
                                host, why.reason(), why.remedy(), why.code()));
        rounds.looked(host, failure);
        return null;
    }
}
