package io.quartermaster.manifest;

import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.manifest.Resource.Spec;
import io.quartermaster.manifest.text.Encoding;
import io.quartermaster.manifest.text.JsonText;
import io.quartermaster.manifest.text.Node;
import io.quartermaster.manifest.text.Refusal;
import io.quartermaster.manifest.text.YamlText;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.Tenant.Quota;
import io.quartermaster.tenant.TenantSpec;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeDecider;
import io.quartermaster.volume.VolumeSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door from documents to commands and back: read the text, then validate the documents, then
 * append all the commands or none.
 */
public final class Manifests {
    /** Of hosts that a manifest enrolled. */
    public static final String SOURCE = "manifest";

    /** What names of tenants, machines and most other things look like, in words. */
    public static final String NAMES = Shape.NAME.expected();

    private Manifests() {}

    /** Whether a text may be such a name. */
    public static boolean isName(String text) {
        return Shape.NAME.unfit(text).isEmpty();
    }

    /** Whether two texts may be a label's key and value. */
    public static boolean isLabel(String key, String value) {
        return Shape.LABEL_KEY.unfit(key).isEmpty() && Shape.LABEL_VALUE.unfit(value).isEmpty();
    }

    /** Reads UTF-8 text: at most 1 MiB, 1,000 documents, 50 levels. */
    public static Reading read(byte[] text, MediaKind kind) {
        return read(() -> Encoding.decode(text), kind);
    }

    /** As {@link #read(byte[], MediaKind)}. */
    public static Reading read(String text, MediaKind kind) {
        return read(() -> Encoding.check(text), kind);
    }

    private static Reading read(Supplier<String> text, MediaKind kind) {
        try {
            List<Node> roots =
                    switch (kind) {
                        case YAML -> YamlText.read(text.get());
                        case JSON -> JsonText.read(text.get());
                    };
            return new Reading.Parsed(
                    IntStream.range(0, roots.size())
                            .mapToObj(i -> new Document(i, roots.get(i)))
                            .toList());
        } catch (Refusal e) {
            return new Reading.Unreadable(e.code(), e.at().line(), e.at().column(), e.reason());
        }
    }

    /**
     * Checks all documents, by themselves, against each other, and against what exists, and turns
     * them into commands. Fields left out have their defaults.
     */
    public static Validation validate(List<Document> documents, References references) {
        Findings findings = new Findings();
        List<Resource> resources =
                documents.stream()
                        .map(document -> Resource.read(Value.of(document, findings)))
                        .flatMap(Optional::stream)
                        .toList();
        Links links = new Links(resources, references);
        links.check();
        return findings.count() > 0
                ? findings.invalid()
                : new Validation.Valid(
                        links.ordered().stream().flatMap(Manifests::changes).toList());
    }

    private static Stream<Change> changes(Resource resource) {
        String name = resource.header().name();
        return switch (resource.spec()) {
            case Spec.OfTenant(TenantSpec tenant, Terms terms) -> changes(resource, tenant, terms);
            case Spec.OfHost(HostSpec host) ->
                    Stream.of(
                            change(
                                    resource,
                                    HostDecider.STREAM,
                                    name,
                                    new HostCommand.Enrol(host, SOURCE)));
            case Spec.OfMachineClass(MachineClass.Spec machineClass) ->
                    Stream.of(
                            change(
                                    resource,
                                    MachineClass.STREAM,
                                    name,
                                    new MachineClass.Command.Define(machineClass)));
            case Spec.OfPlan(PlanSpec plan) ->
                    Stream.of(
                            change(
                                    resource,
                                    PlanDecider.STREAM,
                                    name,
                                    new PlanCommand.Revise(plan)));
            case Spec.OfDeployment(DeploymentSpec deployment) -> changes(resource, deployment);
            case Spec.OfVolume(VolumeCommand volume) -> changes(resource, volume);
            case Spec.Broken broken -> Stream.empty();
        };
    }

    private static Stream<Change> changes(Resource resource, TenantSpec tenant, Terms terms) {
        String name = resource.header().name();
        return Stream.of(
                change(resource, Tenant.STREAM, name, new Tenant.Command.Define(tenant)),
                change(resource, Account.STREAM, name, new AccountCommand.Define(terms)));
    }

    private static Stream<Change> changes(Resource resource, DeploymentSpec deployment) {
        String name = resource.header().name();
        DeploymentSpec.Template template = deployment.template();
        return Stream.of(
                change(
                        resource,
                        PlanDecider.STREAM,
                        template.plan(),
                        new PlanCommand.Subscribe(name)),
                change(
                        resource,
                        MachineClass.STREAM,
                        template.machineClass(),
                        new MachineClass.Command.Subscribe(name)),
                change(
                        resource,
                        DeploymentDecider.STREAM,
                        name,
                        new DeploymentCommand.Apply(deployment)),
                holding(resource, Quota.MACHINES, DeploymentDecider.STREAM, deployment.replicas()));
    }

    /** What is only reported lives elsewhere, whether or not its tenant may have so much. */
    private static Stream<Change> changes(Resource resource, VolumeCommand volume) {
        Change change = change(resource, VolumeDecider.STREAM, resource.header().name(), volume);
        return volume instanceof VolumeCommand.Define define
                ? Stream.of(
                        change,
                        holding(
                                resource,
                                Quota.STORAGE,
                                VolumeDecider.STREAM,
                                define.spec().sizeBytes()))
                : Stream.of(change);
    }

    /** Comes last: what is wrong with the thing itself counts for more than that it is too much. */
    private static Change holding(Resource resource, Quota quota, String type, long amount) {
        String holder = new StreamId(type, resource.header().name()).toString();
        return change(
                resource,
                Tenant.STREAM,
                resource.header().tenant(),
                new Tenant.Command.Hold(quota, holder, amount));
    }

    private static Change change(Resource resource, String type, String key, Object command) {
        Header header = resource.header();
        return new Change(
                new StreamId(type, key),
                header.tenant(),
                command,
                resource.document().document(),
                header.kind().text(),
                header.name());
    }

    /** The document that defines the tenant and its terms. */
    public static Map<String, Object> write(String name, TenantSpec tenant, Terms terms) {
        return new Header(Kind.TENANT, name, name, tenant.labels())
                .write(TenantForm.write(tenant, terms));
    }

    /** The document that enrols the host: maps, lists, text, numbers and booleans, in order. */
    public static Map<String, Object> write(String name, String tenant, HostSpec host) {
        return new Header(Kind.HOST, name, tenant, host.labels()).write(HostForm.write(host));
    }

    /** The document that defines the class. */
    public static Map<String, Object> write(
            String name, String tenant, MachineClass.Spec machineClass) {
        return new Header(Kind.MACHINE_CLASS, name, tenant, machineClass.labels())
                .write(MachineClassForm.write(machineClass));
    }

    /** The document that makes the plan's revision. */
    public static Map<String, Object> write(String name, String tenant, PlanSpec plan) {
        return new Header(Kind.PROVISIONING_PLAN, name, tenant, plan.labels())
                .write(PlanForm.write(plan));
    }

    /**
     * The document that the volume was applied with.
     *
     * @param seen the newest sighting, absent for a volume that is not seen elsewhere
     */
    public static Map<String, Object> write(
            String name, String tenant, VolumeSpec volume, @Nullable Sighting seen) {
        return new Header(Kind.VOLUME, name, tenant, volume.labels())
                .write(VolumeForm.write(volume, seen));
    }

    /** The document that the deployment was applied with. */
    public static Map<String, Object> write(String name, DeploymentSpec deployment) {
        return new Header(Kind.MACHINE_DEPLOYMENT, name, deployment.tenant(), deployment.labels())
                .write(DeploymentForm.write(deployment));
    }
}
