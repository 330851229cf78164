package io.quartermaster.schedule.provider;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Conflict;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Overloaded;
import io.quartermaster.es.Rejected;
import io.quartermaster.kube.instance.InstanceFailure;
import io.quartermaster.kube.instance.Instances;
import io.quartermaster.view.host.Inspections;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.host.Provided.Made;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Has a host of its own made for each machine whose class has a provider, hands it to the machine,
 * and has it removed after the machine. What it does is recorded first and can be done twice, so
 * passes of several replicas at once, and deaths in between, do no harm.
 */
public final class ProviderPass {
    private static final Logger LOG = Logger.getLogger(ProviderPass.class);

    /** Machines of each class that are brought to hosts at the same time. */
    private static final int PER_CLASS = 500;

    private static final Duration LIVELY = Duration.ofMinutes(1);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

    private final Provided provided;
    private final Instances instances;
    private final HostRecord record;
    private final Making making;
    private final Removal removal;
    private final Comparison comparison;
    private final InstantSource clock;
    private volatile Instant livelyUntil = Instant.MIN;
    private volatile Instant restsUntil = Instant.MIN;
    private volatile boolean postponed;

    /** What a pass works with; {@code ids} gives each command its id. */
    public record Ports(
            Provided provided,
            Inspections inspections,
            Instances instances,
            Aggregates aggregates,
            Dispatcher dispatcher,
            InstantSource clock,
            Supplier<UUID> ids) {}

    public ProviderPass(Ports ports) {
        this.provided = ports.provided();
        this.instances = ports.instances();
        this.clock = ports.clock();
        this.record =
                new HostRecord(
                        ports.aggregates(),
                        ports.dispatcher(),
                        ports.inspections(),
                        clock,
                        ports.ids());
        var backoff = new Backoff(clock);
        this.removal = new Removal(instances, record, backoff);
        this.making = new Making(instances, record, removal, backoff);
        this.comparison = new Comparison(instances, record);
    }

    /**
     * The same as {@link #run}, but not at once when clusters were asked just now: each append
     * wakes this, and a busy log shall not have them list everything again and again.
     */
    public void runWhenRested() {
        postponed = clock.instant().isBefore(restsUntil);
        if (!postponed) run();
    }

    /** Makes and removes what there is to make and remove now. */
    public synchronized void run() {
        run(provided.hosts(), new Sight(instances));
    }

    /** Besides, compares all hosts with what there is in the clusters. */
    public synchronized void reconcile() {
        var hosts = provided.hosts();
        var places = provided.places(hosts);
        if (places.isEmpty()) return;
        var sight = new Sight(instances);
        comparison.begin(hosts, sight);
        hosts.stream()
                .filter(host -> !host.vacant())
                .forEach(host -> attempt(host.name(), () -> comparison.check(host, sight)));
        comparison.removeStrays(places, hosts, sight);
        run(hosts, sight);
    }

    private void run(List<Made> hosts, Sight sight) {
        var waiting = new HashSet<String>();
        for (var wanted : provided.waiting(PER_CLASS)) {
            waiting.add(wanted.machine());
            attempt(wanted.machine(), () -> making.advance(wanted, sight));
        }
        hosts.stream()
                .filter(host -> host.vacant() && !waiting.contains(host.name()))
                .forEach(host -> attempt(host.name(), () -> removal.advance(host, sight)));
        if (sight.hasLooked()) restsUntil = clock.instant().plus(SHORT_PAUSE);
    }

    /** What goes wrong with one host holds up no other. */
    private void attempt(String host, Supplier<Outcome> work) {
        try {
            if (work.get() == Outcome.MOVED) livelyUntil = clock.instant().plus(LIVELY);
        } catch (InstanceFailure e) {
            record.note(host, e.failure());
        } catch (Rejected | Conflict | Overloaded refused) {
            // Another replica or a person was faster, or all are busy: the next pass sees it.
            LOG.debugf("Host %s: %s", host, refused.getMessage());
        } catch (RuntimeException defect) {
            if (Thread.currentThread().isInterrupted()) throw defect;
            LOG.errorf(defect, "Host %s was passed over; the next pass tries again", host);
        }
    }

    /** How long to wait for the next pass: not long while something is being made or removed. */
    public Duration pause() {
        if (postponed) {
            var rest = Duration.between(clock.instant(), restsUntil);
            return rest.isNegative() ? Duration.ZERO : rest;
        }
        return clock.instant().isBefore(livelyUntil) ? SHORT_PAUSE : LONG_PAUSE;
    }
}
