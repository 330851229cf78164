package io.quartermaster.manifest;

import io.quartermaster.deployment.Deployment;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Plan;
import io.quartermaster.deployment.PlanDecider;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.VolumeDecider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The kinds of documents, in the order in which they refer to each other: back only. */
public enum Kind {
    TENANT(
            "Tenant",
            Shape.NAME,
            Tenant.STREAM,
            state -> state instanceof Tenant tenant && tenant.spec() != null),
    MACHINE_CLASS(
            "MachineClass", Shape.NAME, MachineClass.STREAM, MachineClass.Live.class::isInstance),
    PROVISIONING_PLAN(
            "ProvisioningPlan", Shape.NAME, PlanDecider.STREAM, Plan.Live.class::isInstance),
    HOST("Host", Shape.HOST_NAME, HostDecider.STREAM, Host.Live.class::isInstance),
    MACHINE_DEPLOYMENT(
            "MachineDeployment",
            Shape.NAME,
            DeploymentDecider.STREAM,
            state -> !(state instanceof Deployment.None)),
    VOLUME("Volume", Shape.NAME, VolumeDecider.STREAM, Volume.Live.class::isInstance);

    static final Map<String, Kind> BY_TEXT = byText();

    private final String text;
    private final Shape names;
    private final String stream;
    private final Predicate<Object> there;

    Kind(String text, Shape names, String stream, Predicate<Object> there) {
        this.text = text;
        this.names = names;
        this.stream = stream;
        this.there = there;
    }

    /** As it stands in documents. */
    public String text() {
        return text;
    }

    /** The type of the streams of what documents of this kind describe. */
    public String streamType() {
        return stream;
    }

    /**
     * The stream of the one of that name.
     *
     * @throws IllegalArgumentException when nothing can have that name
     */
    public StreamId stream(String name) {
        return new StreamId(stream, name);
    }

    /** Whether there is such a thing when its aggregate is in that state. */
    public boolean there(Object state) {
        return there.test(state);
    }

    /** What names of the kind look like. */
    Shape names() {
        return names;
    }

    private static Map<String, Kind> byText() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Kind kind : values()) {
            kinds.put(kind.text, kind);
        }
        return Collections.unmodifiableMap(kinds);
    }
}
