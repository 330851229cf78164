package io.quartermaster.operator;

import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.WorkLoop;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.manifest.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Follows the log from now on, and says which resources show something new. Who begins to follow
 * has looked at everything once, so where it stands need not be kept.
 */
final class Changes implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Changes.class);
    private static final int BATCH = 500;
    private static final Set<Kind> REFERRED_TO =
            Set.of(Kind.MACHINE_CLASS, Kind.PROVISIONING_PLAN, Kind.HOST, Kind.TENANT);

    private final EventLog log;
    private final Views views;
    private final Heard heard;
    private final WorkLoop loop =
            new WorkLoop("operator", Duration.ofSeconds(10), WorkLoop.AND_LATER, this::once);
    private long position;

    /** Who wants to know. */
    record Heard(Map<Kind, Triggers<?>> declared, Triggers<?> machines) {}

    Changes(EventLog log, Views views, Heard heard) {
        this.log = log;
        this.views = views;
        this.heard = heard;
    }

    /** Waits until the views show what was before; from then on it follows. */
    void begin() throws InterruptedException {
        position = log.head();
        while (!views.await(position)) LOG.info("The operator waits for the views to catch up");
    }

    void start() {
        loop.start();
    }

    /** The log has grown. */
    void wake() {
        loop.wake();
    }

    private boolean once() throws InterruptedException {
        List<Envelope<?>> events = log.read(position, BATCH);
        if (events.isEmpty()) return false;
        long last = events.getLast().position();
        // What the views do not show yet would be looked at in vain.
        if (!views.await(last)) return true;
        tell(events);
        position = last;
        return true;
    }

    private void tell(List<Envelope<?>> events) {
        Set<String> machines = new HashSet<>();
        Map<Kind, Set<String>> names = new EnumMap<>(Kind.class);
        for (var event : events) {
            var stream = event.stream();
            if (stream.type().equals(MachineDecider.STREAM)) {
                machines.add(stream.key());
                add(names, Kind.MACHINE_DEPLOYMENT, RolloutSaga.deploymentOf(stream.key()));
            }
            Arrays.stream(Kind.values())
                    .filter(kind -> kind.streamType().equals(stream.type()))
                    .forEach(kind -> add(names, kind, stream.key()));
        }
        heard.declared()
                .forEach(
                        (kind, triggers) ->
                                names.getOrDefault(kind, Set.of()).forEach(triggers::changed));
        for (var deployment : names.getOrDefault(Kind.MACHINE_DEPLOYMENT, Set.of())) {
            // What is wanted of them may have changed.
            if (asked(events, deployment)) {
                views.machinesOf(deployment).forEach(machine -> machines.add(machine.id()));
            }
        }
        machines.forEach(heard.machines()::changed);
        if (names.keySet().stream().anyMatch(REFERRED_TO::contains)) {
            heard.declared().values().forEach(Triggers::wakeWaiting);
        }
    }

    private static boolean asked(List<Envelope<?>> events, String deployment) {
        var stream = Kind.MACHINE_DEPLOYMENT.stream(deployment);
        return events.stream().anyMatch(event -> event.stream().equals(stream));
    }

    private static void add(Map<Kind, Set<String>> names, Kind kind, String name) {
        names.computeIfAbsent(kind, any -> new TreeSet<>()).add(name);
    }

    @Override
    public void close() {
        loop.close();
    }
}
