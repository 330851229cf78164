package io.quartermaster.view;

import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.Machine.Phase;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.TenantSpec;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.quartermaster.volume.VolumeSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What could happen in a world, as a seed says. The same seed makes the same history. */
public final class RandomHistory {
    private static final List<String> POOLS = List.of("a", "b");
    private static final List<String> DEPLOYMENTS = List.of("web", "db", "ci");
    private static final Failure WHY =
            new Failure("step-failed", "exit 1", "look at the log", Failure.Retry.WORTHWHILE);

    private final Random random;
    private final World world;
    private long fence;

    public RandomHistory(long seed, World world) {
        this.random = new Random(seed);
        this.world = world;
        for (var pool : POOLS) world.machineClass("class-" + pool, Map.of("pool", pool));
        world.plan("base", "one", "two", "three");
    }

    /** One thing more happens, or is refused. */
    public void step() {
        world.pass(Duration.ofMillis(random.nextInt(20_000)));
        switch (random.nextInt(15)) {
            case 0, 1 -> host();
            case 2 -> deployment();
            case 3 -> world.allocate();
            case 4 -> catalogue();
            case 5, 6 -> volume();
            case 7 -> tenant();
            default -> machine();
        }
    }

    private void host() {
        var name = "host-" + random.nextInt(8);
        var pool = Map.of("pool", pick(POOLS), "disk", pick(List.of("ssd", "hdd")));
        var bastion = random.nextBoolean() ? "host-0" : null;
        var command =
                switch (random.nextInt(9)) {
                    case 0, 1 -> new HostCommand.Enrol(Samples.host(pool, bastion), "hosts.yml");
                    case 2, 3 -> new HostCommand.RecordFacts(Samples.facts(name));
                    case 4 -> new HostCommand.PinKey("ssh-ed25519 AAAA" + random.nextInt(2));
                    case 5 -> new HostCommand.Quarantine("host-key-changed", "another key");
                    case 6 -> new HostCommand.ForgetKeys("re-imaged");
                    case 7 ->
                            random.nextBoolean()
                                    ? new HostCommand.StartMaintenance("new disk")
                                    : new HostCommand.EndMaintenance();
                    default -> new HostCommand.Retire("sold");
                };
        world.attempt("host", name, command);
    }

    private void deployment() {
        var name = pick(DEPLOYMENTS);
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> apply(name);
            case 3 ->
                    world.attempt(
                            "deployment", name, new DeploymentCommand.Scale(random.nextInt(4)));
            case 4 -> world.attempt("deployment", name, new DeploymentCommand.Restart());
            default -> world.attempt("deployment", name, new DeploymentCommand.Delete());
        }
    }

    private void apply(String name) {
        var machineClass = "class-" + pick(POOLS);
        var spec = Samples.deployment("tenant-" + name, random.nextInt(4), machineClass, "base");
        if (world.attempt("deployment", name, new DeploymentCommand.Apply(spec))) {
            world.attempt("plan", "base", new PlanCommand.Subscribe(name));
            world.attempt("machine-class", machineClass, new MachineClass.Command.Subscribe(name));
        }
    }

    private void catalogue() {
        var command =
                random.nextInt(4) == 0
                        ? new PlanCommand.Delete()
                        : new PlanCommand.Revise(Samples.plan("one", "two-" + random.nextInt(3)));
        world.attempt("plan", "base", command);
    }

    private void machine() {
        var machines = world.machines.list(Listing.ALL).items();
        if (machines.isEmpty()) return;
        var id = pick(machines).id();
        var state = world.aggregates.load(new StreamId("machine", id), Machine.class).state();
        if (!(state instanceof Machine.Live live)) return;
        var command =
                live.phase() instanceof Phase.Working working && random.nextInt(8) != 0
                        ? report(working)
                        : order();
        world.attempt("machine", id, command);
    }

    private MachineCommand report(Phase.Working working) {
        int run = working.run().number();
        long held = working.run().fence();
        int index = random.nextInt(3);
        var outcome = pick(List.of(StepOutcome.values()));
        var failure = outcome == StepOutcome.FAILED ? WHY : null;
        return switch (held == 0 ? 0 : random.nextInt(10)) {
            case 0 ->
                    new MachineCommand.ClaimRun(
                            run, ++fence, "runner-" + random.nextInt(2), world.now());
            case 1, 2 -> new MachineCommand.SendSteps(run, held, index, 2);
            case 3, 4, 5 ->
                    new MachineCommand.FinishStep(
                            run,
                            held,
                            new StepReport(index, "step " + index, 1, outcome, 12, failure));
            case 6 ->
                    new MachineCommand.WaitRun(
                            run, held, WHY, world.now(), world.now().plusSeconds(20));
            case 7 -> new MachineCommand.FailRun(run, held, WHY, world.now());
            default -> new MachineCommand.CompleteRun(run, held);
        };
    }

    private void volume() {
        var name = "volume-" + random.nextInt(4);
        var at = world.now().minusSeconds(random.nextInt(200));
        var spec =
                new VolumeSpec(random.nextInt(100), pick(List.of("ssd", "hdd")), false, Map.of());
        var machines = world.machines.list(Listing.ALL).items();
        var machine = machines.isEmpty() ? "none" : pick(machines).id();
        var command =
                switch (random.nextInt(9)) {
                    case 0, 1 -> new VolumeCommand.Define("acme", spec);
                    case 2, 3 ->
                            new VolumeCommand.Report(
                                    "acme", new VolumeCommand.Sighting(spec, at, 0));
                    case 4 -> new VolumeCommand.ReportDeleted(at, 0);
                    case 5 -> new VolumeCommand.Attach(machine, random.nextBoolean());
                    case 6 -> new VolumeCommand.HandOver(pick(List.of("acme", "bmc")));
                    case 7 -> new VolumeCommand.Detach();
                    default -> new VolumeCommand.Delete(Ending.USER, "done", world.now());
                };
        world.attempt("volume", name, command);
    }

    private void tenant() {
        var name = pick(List.of("acme", "bmc"));
        var cause = pick(List.of(Tenant.Cause.values()));
        var command =
                switch (random.nextInt(40)) {
                    case 0 -> new Tenant.Command.Close("left");
                    case 1, 2, 3, 4, 5, 6, 7, 8 ->
                            new Tenant.Command.Suspend(
                                    cause, pick(List.of(Tenant.Level.values())), "spent");
                    case 9, 10, 11, 12, 13, 14, 15, 16 -> new Tenant.Command.Resume(cause, "paid");
                    case 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28 ->
                            new Tenant.Command.Hold(
                                    pick(List.of(Tenant.Quota.values())),
                                    "thing/" + random.nextInt(3),
                                    random.nextInt(6));
                    default -> new Tenant.Command.Define(tenantSpec());
                };
        world.attempt("tenant", name, command);
        if (random.nextInt(4) == 0) {
            world.attempt("account", name, new AccountCommand.Define(terms()));
        }
    }

    private TenantSpec tenantSpec() {
        return new TenantSpec("ACME", 10L, null, "" + random.nextInt(3), Map.of("team", "x"));
    }

    private Terms terms() {
        return new Terms(
                Terms.DEFAULT_ISSUER,
                "EUR",
                "UTC",
                null,
                BigDecimal.valueOf(random.nextInt(20)),
                RoundingMode.HALF_UP,
                List.of(),
                null);
    }

    private MachineCommand order() {
        return switch (random.nextInt(7)) {
            case 0 -> new MachineCommand.Cancel(CancelMode.NOW, "wrong plan");
            case 1 -> new MachineCommand.Release("no longer needed");
            case 2 -> new MachineCommand.ForceRelease("the host burnt down");
            case 3, 4 -> new MachineCommand.Retry();
            default -> new MachineCommand.Repair();
        };
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
