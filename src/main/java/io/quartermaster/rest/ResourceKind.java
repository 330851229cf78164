package io.quartermaster.rest;

import io.quartermaster.deployment.Deployment;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Plan;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.VolumeDecider;
import java.util.Arrays;
import java.util.function.Predicate;

/** What the calls are about: one kind of aggregate each, by its words in paths and documents. */
enum ResourceKind {
    TENANT(
            Tenant.STREAM,
            "Tenant",
            "tenants",
            state -> state instanceof Tenant tenant && tenant.spec() != null),
    HOST(HostDecider.STREAM, "Host", "hosts", Host.Live.class::isInstance),
    MACHINE_CLASS(
            MachineClass.STREAM,
            "MachineClass",
            "machine-classes",
            MachineClass.Live.class::isInstance),
    PLAN(PlanDecider.STREAM, "ProvisioningPlan", "plans", Plan.Live.class::isInstance),
    DEPLOYMENT(
            DeploymentDecider.STREAM,
            "MachineDeployment",
            "deployments",
            state -> !(state instanceof Deployment.None)),
    VOLUME(VolumeDecider.STREAM, "Volume", "volumes", Volume.Live.class::isInstance),
    MACHINE(
            MachineDecider.STREAM,
            "Machine",
            "machines",
            state -> !(state instanceof Machine.None));

    static final String API = "/api/v1/";

    private final String stream;
    private final String document;
    private final String path;
    private final Predicate<Object> there;

    ResourceKind(String stream, String document, String path, Predicate<Object> there) {
        this.stream = stream;
        this.document = document;
        this.path = path;
        this.there = there;
    }

    /** The kind whose documents carry that word. */
    static ResourceKind ofDocument(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.document.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no call is about a " + word));
    }

    /** Whether there is such a thing when its aggregate is in that state. */
    boolean there(Object state) {
        return there.test(state);
    }

    /** The word in documents: {@code MachineDeployment}. */
    String document() {
        return document;
    }

    /** Where it is found: {@code /api/v1/deployments/web}. */
    String location(String name) {
        return API + path + "/" + name;
    }

    /**
     * The stream of a name.
     *
     * @throws Refused with 404 when nothing can have that name
     */
    StreamId stream(String name) {
        try {
            return new StreamId(stream, name);
        } catch (IllegalArgumentException e) {
            throw unknown(name);
        }
    }

    /** The answer when there is none of that name. */
    Refused unknown(String name) {
        var detail =
                "there is no %s '%s'; list those that are with GET %s%s"
                        .formatted(document, Problem.excerpt(name), API, path);
        return new Refused(404, stream + "-unknown", detail);
    }
}
