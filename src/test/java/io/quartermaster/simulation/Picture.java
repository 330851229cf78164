package io.quartermaster.simulation;

import io.quartermaster.deployment.Allocation.Free;
import io.quartermaster.deployment.Allocation.Waiting;
import io.quartermaster.deployment.Deployment;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Plan;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.engine.EventLog;
import io.quartermaster.es.Decider;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.Run;
import io.quartermaster.runner.DueRun;
import io.quartermaster.schedule.AllocationPass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the views show: everything folded from the log, as far as it was read. */
final class Picture implements AllocationPass.Demand {

    private static final List<Decider<?, ?, ?>> RULES =
            List.of(
                    new MachineDecider(),
                    new HostDecider(),
                    new DeploymentDecider(),
                    new PlanDecider(),
                    new MachineClass.Rules());

    private final Map<String, Decider<?, ?, ?>> rules = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> states = new LinkedHashMap<>();
    private long position;

    Picture() {
        for (Decider<?, ?, ?> decider : RULES) {
            rules.put(decider.streamType(), decider);
            states.put(decider.streamType(), new LinkedHashMap<>());
        }
    }

    long position() {
        return position;
    }

    /** Reads on; how many events there were. */
    int read(EventLog log, int most) {
        List<Envelope<?>> events = log.read(position, most);
        events.forEach(this::take);
        return events.size();
    }

    /** Takes note of the next event. */
    void take(Envelope<?> envelope) {
        if (envelope.position() != position + 1) {
            throw new Violation("event " + envelope.position() + " comes after " + position);
        }
        position = envelope.position();
        StreamId stream = envelope.stream();
        Decider<?, ?, ?> decider = rules.get(stream.type());
        Map<String, Object> known = states.get(stream.type());
        known.put(stream.key(), evolve(decider, known.get(stream.key()), envelope));
    }

    @SuppressWarnings("unchecked") // the state came from this decider
    private static <C, S, E> Object evolve(
            Decider<C, S, E> decider, Object state, Envelope<?> envelope) {
        S before = state == null ? decider.initial() : (S) state;
        return decider.evolve(before, decider.events().cast(envelope.event()));
    }

    private <S> Map<String, S> all(String type, Class<S> state) {
        Map<String, S> found = new LinkedHashMap<>();
        states.get(type)
                .forEach(
                        (key, value) -> {
                            if (state.isInstance(value)) {
                                found.put(key, state.cast(value));
                            }
                        });
        return found;
    }

    /** Whether no run is due or under way. */
    boolean isAtRest() {
        return states.get(MachineDecider.STREAM).values().stream()
                .noneMatch(
                        machine ->
                                machine instanceof Machine.Live live
                                        && live.phase() instanceof Machine.Phase.Working);
    }

    private boolean isWaited() {
        return states.get(MachineDecider.STREAM).values().stream()
                .anyMatch(
                        machine ->
                                machine instanceof Machine.Live live
                                        && live.phase() instanceof Machine.Phase.Requested);
    }

    Map<String, Machine.Live> machines() {
        return all(MachineDecider.STREAM, Machine.Live.class);
    }

    Map<String, Host.Live> hosts() {
        return all(HostDecider.STREAM, Host.Live.class);
    }

    Map<String, Deployment> deployments() {
        return all(DeploymentDecider.STREAM, Deployment.class);
    }

    Map<String, Plan.Live> plans() {
        return all(PlanDecider.STREAM, Plan.Live.class);
    }

    Map<String, MachineClass.Live> classes() {
        return all(MachineClass.STREAM, MachineClass.Live.class);
    }

    @Override
    public List<Waiting> waiting() {
        if (!isWaited()) {
            return List.of();
        }
        Map<String, MachineClass.Live> classes = classes();
        List<Waiting> waiting = new ArrayList<>();
        machines()
                .forEach(
                        (id, machine) -> {
                            MachineClass.Live of = classes.get(machine.spec().machineClass());
                            if (machine.phase() instanceof Machine.Phase.Requested && of != null) {
                                waiting.add(new Waiting(id, of.spec().selector()));
                            }
                        });
        return waiting;
    }

    @Override
    public List<Free> free() {
        List<Free> free = new ArrayList<>();
        hosts().forEach(
                        (name, host) -> {
                            if (host.unavailable().isEmpty()) {
                                free.add(new Free(name, host.spec().labels()));
                            }
                        });
        return free;
    }

    /** Hosts that were never looked at. */
    List<String> uninspected() {
        List<String> names = new ArrayList<>();
        hosts().forEach(
                        (name, host) -> {
                            if (host.facts() == null) {
                                names.add(name);
                            }
                        });
        return names;
    }

    List<DueRun> due(int limit, Instant now, Set<String> taken) {
        List<DueRun> due = new ArrayList<>();
        machines()
                .forEach(
                        (id, machine) -> {
                            if (machine.phase() instanceof Machine.Phase.Working(Run run)
                                    && isDue(run, now)
                                    && due.size() < limit
                                    && !taken.contains(id)) {
                                due.add(dueRun(id, machine, run));
                            }
                        });
        return due;
    }

    private static boolean isDue(Run run, Instant now) {
        return run.pause() == null || run.cancel() != null || !run.pause().until().isAfter(now);
    }

    private DueRun dueRun(String id, Machine.Live machine, Run run) {
        Host.Live host = hosts().get(machine.host());
        String pool = host == null ? "" : host.spec().labels().getOrDefault("pool", "");
        return new DueRun(id, run.number(), machine.spec().tenant(), pool, "");
    }
}
