package io.quartermaster.simulation;

import io.quartermaster.deployment.Deployment;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.RunKind;
import io.quartermaster.step.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** People at the API: they want this and that, often at a bad moment. */
final class Operator {

    private static final List<String> CLASSES = List.of("any", "pooled");
    private static final List<String> PLANS = List.of("base", "other");

    private final World world;
    private final RandomGenerator random;
    private final Dispatcher dispatcher;
    private final PlanBook plans;
    private final int eagerness;
    private int helped;

    Operator(World world) {
        this.world = world;
        this.random = world.random;
        this.plans = new PlanBook(world.random);
        this.eagerness = 10 + random.nextInt(60);
        this.dispatcher =
                new Dispatcher(world.rules, new Aggregates(world.rules, world.log), world.log);
    }

    /** Enrols hosts, and defines what deployments need. */
    void prepare(int hosts) {
        var selectors = List.of(Map.<String, String>of(), Map.of("pool", "p0"));
        for (int i = 0; i < CLASSES.size(); i++) {
            var spec = new MachineClass.Spec("inventory", selectors.get(i), 0, Map.of());
            say(MachineClass.STREAM, CLASSES.get(i), new MachineClass.Command.Define(spec));
        }
        PLANS.forEach(this::revise);
        double trouble = random.nextDouble() * 0.5;
        for (int i = 0; i < hosts; i++) {
            String name = "h" + i;
            Nature nature = new Nature(world.random.split(), trouble);
            world.hosts.put(
                    name, new SimulatedHost(name, world.flaws, nature, world.invariants::applying));
            say(HostDecider.STREAM, name, new HostCommand.Enrol(host(i), "inventory"));
        }
        for (int i = random.nextInt(2); i >= 0; i--) {
            apply();
        }
    }

    private static HostSpec host(int i) {
        return new HostSpec(
                "192.0.2." + i,
                22,
                "root",
                Target.Become.NOBODY,
                new Target.Credentials.Agent(),
                List.of(),
                null,
                Map.of("pool", "p" + i % 2),
                Map.of());
    }

    private void say(String type, String key, Object command) {
        say(List.of(new Order(new StreamId(type, key), "acme", command)));
    }

    private void say(List<Order> orders) {
        world.trace.say(world, "operator", orders.getLast().command());
        world.acting("operator");
        try {
            dispatcher.sendAll(orders, Ask.by("operator", world.id()));
        } catch (Rejected refused) {
            world.trace.say(world, "operator", "is refused: " + refused.code());
        }
    }

    private void machine(String id, MachineCommand command) {
        say(MachineDecider.STREAM, id, command);
    }

    private void host(String name, HostCommand command) {
        say(HostDecider.STREAM, name, command);
    }

    private <T> T any(List<T> many) {
        return many.get(random.nextInt(many.size()));
    }

    /** Does something, or not. */
    void act() {
        if (random.nextInt(eagerness) != 0) {
            return;
        }
        switch (random.nextInt(10)) {
            case 0 -> apply();
            case 1 -> revise(any(PLANS));
            case 2, 3 -> deployment();
            case 4, 5, 6 -> machine();
            default -> host();
        }
    }

    private void apply() {
        String name = any(List.of("web", "api", "db-1"));
        var template = new DeploymentSpec.Template(any(CLASSES), any(PLANS), Map.of(), Map.of());
        var spec = new DeploymentSpec("acme", random.nextInt(4), template, Map.of());
        say(
                List.of(
                        new Order(
                                new StreamId(PlanDecider.STREAM, template.plan()),
                                "",
                                new PlanCommand.Subscribe(name)),
                        new Order(
                                new StreamId(MachineClass.STREAM, template.machineClass()),
                                "",
                                new MachineClass.Command.Subscribe(name)),
                        new Order(
                                new StreamId(DeploymentDecider.STREAM, name),
                                "acme",
                                new DeploymentCommand.Apply(spec))));
    }

    private void revise(String plan) {
        say(PlanDecider.STREAM, plan, new PlanCommand.Revise(plans.next(plan)));
    }

    private void deployment() {
        Map<String, Deployment> all = world.invariants.truth().deployments();
        if (all.isEmpty()) {
            return;
        }
        String name = any(List.copyOf(all.keySet()));
        DeploymentCommand command =
                switch (random.nextInt(5)) {
                    case 0 -> new DeploymentCommand.Delete();
                    case 1, 2 -> new DeploymentCommand.Restart();
                    default -> new DeploymentCommand.Scale(random.nextInt(5));
                };
        say(DeploymentDecider.STREAM, name, command);
    }

    private void machine() {
        Map<String, Machine.Live> all = world.invariants.truth().machines();
        if (all.isEmpty()) {
            return;
        }
        String id = any(List.copyOf(all.keySet()));
        machine(
                id,
                switch (random.nextInt(7)) {
                    case 0 -> new MachineCommand.Release("by hand");
                    case 1 -> new MachineCommand.ForceRelease("by hand");
                    case 2 -> new MachineCommand.Cancel(CancelMode.NOW, "by hand");
                    case 3 -> new MachineCommand.Cancel(CancelMode.AFTER_STEP, "by hand");
                    case 4 -> new MachineCommand.Repair();
                    default -> new MachineCommand.Retry();
                });
    }

    private void host() {
        String name = any(List.copyOf(world.hosts.keySet()));
        host(
                name,
                switch (random.nextInt(6)) {
                    case 0 -> new HostCommand.StartMaintenance("by hand");
                    case 1, 2 -> new HostCommand.EndMaintenance();
                    case 3 -> new HostCommand.LiftQuarantine("by hand");
                    default -> new HostCommand.ForgetKeys("by hand");
                });
    }

    /** Mends everything that a person can mend. */
    void heal() {
        world.hosts.values().forEach(SimulatedHost::heal);
        for (String name : Set.copyOf(world.hosts.keySet())) {
            host(name, new HostCommand.ForgetKeys("made sure"));
            host(name, new HostCommand.EndMaintenance());
        }
    }

    /** Tries again what failed for a person to look at, a few times; whether there was any. */
    boolean help() {
        if (helped++ >= 3) {
            return false;
        }
        heal();
        world.invariants
                .truth()
                .machines()
                .forEach(
                        (id, machine) -> {
                            if (machine.phase() instanceof Machine.Phase.Failed failed) {
                                boolean lost = helped == 3 && failed.kind() == RunKind.CLEAN;
                                machine(
                                        id,
                                        lost && random.nextBoolean()
                                                ? new MachineCommand.ForceRelease("given up")
                                                : new MachineCommand.Retry());
                            }
                        });
        return true;
    }
}
