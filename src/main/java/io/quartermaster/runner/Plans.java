package io.quartermaster.runner;

import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.EventLog;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The revisions of plans, read from the log. A revision never changes, so each is read once. */
final class Plans {

    private static final int PAGE = 200;
    private static final int REMEMBERED = 1_000;

    private final EventLog log;
    private final Map<Revision, PlanSpec> known = new ConcurrentHashMap<>();

    private record Revision(String plan, int number) {}

    Plans(EventLog log) {
        this.log = log;
    }

    /** The revision, or empty when there is none of that number. */
    Optional<PlanSpec> revision(String plan, int number) {
        Revision wanted = new Revision(plan, number);
        PlanSpec remembered = known.get(wanted);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<PlanSpec> found = find(wanted);
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        found.ifPresent(spec -> known.put(wanted, spec));
        return found;
    }

    private Optional<PlanSpec> find(Revision wanted) {
        StreamId stream = new StreamId(PlanDecider.STREAM, wanted.plan());
        long from = 1;
        while (true) {
            List<Envelope<?>> page = log.readStream(stream, from, PAGE);
            for (Envelope<?> envelope : page) {
                if (envelope.event() instanceof PlanEvent.Revised(int revision, PlanSpec spec)
                        && revision == wanted.number()) {
                    return Optional.of(spec);
                }
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
            from += PAGE;
        }
    }
}
