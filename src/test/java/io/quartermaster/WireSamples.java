package io.quartermaster;

import io.quartermaster.deployment.DeploymentEvent;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Ownership;
import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.RunKind;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.TenantSpec;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of every event that is stored, with every field used. */
final class WireSamples {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Failure WHY =
            new Failure("disk-full", "no room", "make room", Failure.Retry.WORTHWHILE);
    private static final MachineSpec MACHINE =
            new MachineSpec(
                    "acme",
                    "web",
                    "small",
                    "base",
                    3,
                    Map.of("port", "80"),
                    Map.of("tier", "front"));
    private static final MachineClass.Spec CLASS =
            new MachineClass.Spec(
                    "kubernetes",
                    Map.of("pool", "a"),
                    3600,
                    Map.of("team", "x"),
                    new InstanceTemplate(
                            new Instance.Place(Instance.Kind.POD, "east", "shop"),
                            "{\"spec\":{}}",
                            new InstanceTemplate.SignIn(
                                    "admin",
                                    2222,
                                    new Become(Become.Method.SUDO, "sudo-password"),
                                    new Credentials.SecretKey("key"))));
    private static final DeploymentSpec DEPLOYMENT =
            new DeploymentSpec(
                    "acme",
                    2,
                    new DeploymentSpec.Template(
                            "small", "base", Map.of("port", "80"), Map.of("tier", "front")),
                    Map.of("team", "x"));

    private WireSamples() {}

    static List<Object> all() {
        List<Object> all = new ArrayList<>();
        all.addAll(hosts());
        all.addAll(machines());
        all.addAll(deployments());
        all.addAll(ownership());
        all.addAll(volumes());
        all.addAll(tenants());
        all.addAll(BookSamples.all());
        return all;
    }

    private static List<Object> ownership() {
        var owner = new Ownership.Owner("MachineDeployment", "team-a", "web", "0a1b-2c3d");
        return List.of(
                new Ownership.Event.Taken(owner),
                new Ownership.Event.Yielded(owner),
                new Ownership.Event.Disowned(owner, "cluster lost"));
    }

    private static List<Object> volumes() {
        var spec = new VolumeSpec(1L << 40, "ssd", true, Map.of("team", "x"));
        return List.of(
                new VolumeEvent.Requested("acme", spec),
                new VolumeEvent.Created("acme", spec),
                new VolumeEvent.Resized(1L << 40, 1L << 41),
                new VolumeEvent.Retyped("ssd", "hdd"),
                new VolumeEvent.Relabelled(spec),
                new VolumeEvent.HandedOver("acme", "bmc"),
                new VolumeEvent.Reported("acme", new VolumeCommand.Sighting(spec, NOON, 7)),
                new VolumeEvent.Attached("web-1", true),
                new VolumeEvent.Detached("web-1"),
                new VolumeEvent.DeleteRequested(VolumeEvent.Ending.USER, "deleted", NOON),
                new VolumeEvent.Deleted(VolumeEvent.Ending.REPORTED, "reported", NOON, 7));
    }

    private static List<Object> tenants() {
        var spec = new TenantSpec("ACME", 10L, 5L << 30, "0a1b", Map.of("team", "x"));
        return List.of(
                new Tenant.Event.Defined(spec),
                new Tenant.Event.Held(Tenant.Quota.STORAGE, "volume/disk", 1L << 40),
                new Tenant.Event.Suspended(Tenant.Cause.BUDGET, Tenant.Level.NO_MACHINES, "spent"),
                new Tenant.Event.Resumed(Tenant.Cause.ADMINISTRATOR, "paid"),
                new Tenant.Event.Closed("left"));
    }

    private static List<Object> hosts() {
        var credentials =
                new Credentials.PrivateKey("id_ed25519", "id_ed25519-cert.pub", "opens-key");
        var host =
                new HostSpec(
                        "192.0.2.1",
                        2222,
                        "admin",
                        new Become(Become.Method.SUDO, "sudo-password"),
                        credentials,
                        List.of("ssh-ed25519 AAAA"),
                        "jump",
                        Map.of("pool", "a"),
                        Map.of("zone", "z1", "disks", List.of("sda", "sdb"), "cores", 8),
                        new Instance(
                                new Instance.Place(Instance.Kind.VIRTUAL_MACHINE, "east", "shop"),
                                "web-1",
                                "0a1b"));
        return List.of(
                new HostEvent.Enrolled(host, "inventory"),
                new HostEvent.SpecChanged(host, "inventory"),
                new HostEvent.KeyPinned("ssh-ed25519 AAAA"),
                new HostEvent.KeysForgotten("re-imaged"),
                new HostEvent.Inspected(facts()),
                new HostEvent.Reserved("web-1"),
                new HostEvent.ReservationRefused("web-2", "machine web-1 is on it"),
                new HostEvent.Occupied("web-1"),
                new HostEvent.CleaningStarted("web-1"),
                new HostEvent.Freed("web-1"),
                new HostEvent.Quarantined("host-key-changed", "another key"),
                new HostEvent.QuarantineLifted("checked"),
                new HostEvent.MaintenanceStarted("new disks"),
                new HostEvent.MaintenanceEnded(),
                new HostEvent.Retired("sold"));
    }

    private static Facts facts() {
        return new Facts(
                "h1",
                "debian",
                "13",
                "6.12.0",
                "x86_64",
                4,
                8L << 30,
                64L << 30,
                "0a1b2c",
                List.of("192.0.2.1", "2001:db8::1"),
                "apt",
                "systemd");
    }

    private static List<Object> machines() {
        var report = new StepReport(2, "unpack", 1, StepOutcome.FAILED, 12, WHY);
        return List.of(
                new MachineEvent.Requested(MACHINE),
                new MachineEvent.Allocated("h1"),
                new MachineEvent.HostDeclined("h2"),
                new MachineEvent.SpecChanged(MACHINE),
                new MachineEvent.RunRequested(1, RunKind.PROVISION),
                new MachineEvent.RunClaimed(1, 7, "replica-1"),
                new MachineEvent.StepsSent(1, 0, 4),
                new MachineEvent.StepFinished(1, report),
                new MachineEvent.RunWaiting(1, WHY, NOON, NOON.plusSeconds(60)),
                new MachineEvent.CancelRequested(1, CancelMode.AFTER_STEP, "wrong plan"),
                new MachineEvent.RunCompleted(1, RunKind.PROVISION),
                new MachineEvent.BecameReady(),
                new MachineEvent.Failed(1, RunKind.PROVISION, WHY, NOON),
                new MachineEvent.ReleaseStarted("done"),
                new MachineEvent.Released("h1", "disk is broken"));
    }

    private static List<Object> deployments() {
        var plan =
                new PlanSpec(
                        Map.of("port", new PlanSpec.Parameter("80", "where it listens")),
                        steps(),
                        Map.of("team", "x"));
        return List.of(
                new MachineClass.Event.Defined(CLASS),
                new MachineClass.Event.Subscribed("web"),
                new MachineClass.Event.Unsubscribed("web"),
                new MachineClass.Event.Deleted(),
                new PlanEvent.Revised(3, plan),
                new PlanEvent.Subscribed("web", 3),
                new PlanEvent.Unsubscribed("web"),
                new PlanEvent.Deleted(),
                new DeploymentEvent.Created(DEPLOYMENT),
                new DeploymentEvent.Changed(DEPLOYMENT),
                new DeploymentEvent.Scaled(5),
                new DeploymentEvent.RevisionAdopted("base", 3),
                new DeploymentEvent.Restarted(),
                new DeploymentEvent.DeleteRequested(),
                new DeploymentEvent.Deleted());
    }

    /** One of each kind; the first with everything around a step. */
    private static List<PlanStep> steps() {
        List<PlanStep> steps = new ArrayList<>();
        steps.add(
                new PlanStep(
                        "greet",
                        new Step.Command("test -e /x", "touch /x"),
                        "facts.os == 'debian'",
                        Duration.ofMinutes(5),
                        2,
                        Duration.ofSeconds(4),
                        "rm /x"));
        List<Step> others =
                List.of(
                        new Step.Script("echo 1", null, List.of("a", "b"), "/made"),
                        new Step.File("/etc/x", null, "x.conf", "0644", "root", "adm"),
                        new Step.Directory("/srv/x", "0755", "root", "adm"),
                        new Step.User(
                                "app",
                                "/bin/sh",
                                "/home/app",
                                List.of("adm"),
                                List.of("ssh-ed25519 AAAA"),
                                Step.Sudo.WITH_PASSWORD,
                                true),
                        new Step.Packages(
                                List.of("curl"), List.of("/tmp/x.deb"), Step.Packages.State.LATEST),
                        new Step.Service("app", "[Service]", true, true, List.of("greet")),
                        new Step.Upload("x.bin", "/opt/x", "0755", "root", "adm", "ab".repeat(32)),
                        new Step.Reboot(List.of("greet")),
                        new Step.Wait(new Step.Wait.Until.Tcp("localhost", 80)),
                        new Step.Wait(new Step.Wait.Until.Http("http://localhost/", 200)),
                        new Step.Wait(new Step.Wait.Until.Succeeds("true")),
                        new Step.Wait(new Step.Wait.Until.Elapsed(Duration.ofSeconds(3))));
        for (Step step : others) {
            steps.add(PlanStep.of("step " + steps.size(), step));
        }
        return steps;
    }
}
