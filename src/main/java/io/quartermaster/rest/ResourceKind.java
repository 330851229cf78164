package io.quartermaster.rest;

import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.manifest.Kind;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import java.util.Arrays;
import java.util.function.Predicate;

/** What the calls are about: one kind of aggregate each, by its words in paths and documents. */
enum ResourceKind {
    TENANT(Kind.TENANT, "tenants"),
    HOST(Kind.HOST, "hosts"),
    MACHINE_CLASS(Kind.MACHINE_CLASS, "machine-classes"),
    PLAN(Kind.PROVISIONING_PLAN, "plans"),
    DEPLOYMENT(Kind.MACHINE_DEPLOYMENT, "deployments"),
    VOLUME(Kind.VOLUME, "volumes"),
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

    ResourceKind(Kind kind, String path) {
        this(kind.streamType(), kind.text(), path, kind::there);
    }

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
