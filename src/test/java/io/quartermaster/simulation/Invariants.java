package io.quartermaster.simulation;

import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.simulation.SimulatedHost.Applied;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What must hold at every moment, looked at whenever something happens. */
final class Invariants {

    private final World world;
    private final Picture truth = new Picture();
    private final Map<StreamId, Long> versions = new HashMap<>();
    private final Map<UUID, Long> commands = new HashMap<>();
    private final Map<String, String> occupants = new HashMap<>();
    private final Map<String, PlanSpec> plans = new HashMap<>();
    private final Map<String, MachineStory> machines = new HashMap<>();
    private final Map<String, Integer> applied = new HashMap<>();
    private final Map<String, Long> claims = new HashMap<>();

    Invariants(World world) {
        this.world = world;
    }

    /** Everything folded from the log up to its last event. */
    Picture truth() {
        return truth;
    }

    /** Looks at what was appended. */
    void look() {
        for (Envelope<?> envelope : world.log.read(truth.position(), 1_000_000)) {
            truth.take(envelope);
            String who = envelope.stream() + " by " + world.acting();
            world.trace.say(world, envelope.stream().toString(), envelope.event());
            numbered(envelope);
            switch (envelope.event()) {
                case HostEvent event -> host(envelope.stream().key(), event);
                case MachineEvent event -> machine(envelope.stream().key(), event, who);
                case PlanEvent.Revised revised ->
                        plans.put(
                                envelope.stream().key() + "/" + revised.revision(), revised.spec());
                default -> {}
            }
        }
    }

    private void numbered(Envelope<?> envelope) {
        long version = versions.merge(envelope.stream(), 1L, Long::sum);
        require(version == envelope.version(), "versions are consecutive", envelope);
        Long before = commands.put(envelope.metadata().commandId(), envelope.position());
        require(
                before == null || before + 1 == envelope.position(),
                "a command is carried out once",
                envelope);
    }

    void require(boolean holds, String invariant, Object found) {
        if (!holds) {
            throw world.violate(invariant + ": " + found);
        }
    }

    private void host(String name, HostEvent event) {
        String on = occupants.getOrDefault(name, "");
        switch (event) {
            case HostEvent.Reserved(String by) -> {
                require(on.isEmpty(), "no host in two machines", name + ": " + on + ", " + by);
                occupants.put(name, by);
            }
            case HostEvent.Occupied(String by) -> {
                require(on.equals(by), "only who reserved a host occupies it", name + ": " + by);
                require(
                        name.equals(story(by).host()),
                        "a machine occupies the host it was given",
                        by + " on " + name);
            }
            case HostEvent.CleaningStarted(String by) ->
                    require(on.equals(by), "only its machine cleans a host", name + ": " + by);
            case HostEvent.Freed(String by) -> {
                require(on.equals(by), "only its machine frees a host", name + ": " + by);
                occupants.put(name, "");
            }
            default -> {}
        }
    }

    private MachineStory story(String id) {
        return machines.computeIfAbsent(id, any -> new MachineStory(id, this, world));
    }

    private void machine(String id, MachineEvent event, String who) {
        story(id).happened(event, who);
    }

    /** A plan's revision. */
    PlanSpec plan(String name, int revision) {
        return plans.get(name + "/" + revision);
    }

    /** A host begins to change something. */
    void applying(SimulatedHost host, Applied step) {
        String what = host.name + ", " + step;
        world.trace.say(world, host.name, step);
        require(step.newest() <= step.claim(), "a claim is void once a newer one was seen", what);
        Long before = claims.put(host.name, step.claim());
        require(before == null || before <= step.claim(), "claims only grow on a host", what);
        String attempt = host.name + "/" + step.machine() + "/" + step.run() + "/" + step.id();
        int times = applied.merge(attempt, 1, Integer::sum);
        require(times <= step.deaths() + 1, "no step is applied twice in one attempt", what);
        MachineStory story = story(step.machine());
        require(
                story.isForced() || host.name.equals(story.host()),
                "only the machine that has a host changes it",
                what);
        require(
                story.isForced() || truth.machines().containsKey(step.machine()),
                "nothing is applied for a released machine",
                what);
    }

    /** Whether nothing is under way or planned. */
    boolean isQuiet() {
        var backlog = world.sagas.backlog();
        return backlog.queued() == 0
                && backlog.scheduled() == 0
                && world.picture.position() == world.log.head()
                && truth.machines().values().stream()
                        .noneMatch(machine -> machine.phase() instanceof Machine.Phase.Working);
    }

    /** What is still under way. */
    String unrest() {
        return world.sagas.backlog() + " " + truth.machines();
    }

    void atTheEnd() {
        new Outcome(world, this).check();
        new SagaAccounts(world).check();
    }
}
