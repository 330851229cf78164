package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The custom resources as the API server sends them. What is below {@code spec} stays as it came,
 * so that one that this version cannot read is reported at its field and disturbs no other.
 */
public final class CustomResources {
    /** API group of all of them. */
    public static final String GROUP = "quartermaster.io";

    /** The version that is served and stored. */
    public static final String VERSION = "v1alpha1";

    /** Keeps a resource until what it stands for is released. */
    public static final String FINALIZER = GROUP + "/release";

    /** Names the tenant: a label of a resource, or of its namespace for all that is in it. */
    public static final String TENANT = GROUP + "/tenant";

    /** Names a machine's deployment: a label of machines. */
    public static final String DEPLOYMENT = GROUP + "/deployment";

    /** Annotation: what was made by another door already is taken over. */
    public static final String ADOPT = GROUP + "/adopt";

    /** Annotation: gives a release up that cannot succeed; its text is the reason. */
    public static final String FORCE = GROUP + "/force-release";

    private CustomResources() {}

    /** Any of them. */
    public abstract static class Resource extends GenericKubernetesResource {
        Resource(String kind) {
            setApiVersion(GROUP + "/" + VERSION);
            setKind(kind);
        }

        /** Absent when nothing is there. */
        @Nullable Object spec() {
            return getAdditionalProperties().get("spec");
        }

        /** Empty before the first one was written. */
        Map<?, ?> status() {
            return getAdditionalProperties().get("status") instanceof Map<?, ?> status
                    ? status
                    : Map.of();
        }

        /** Empty for kinds without namespaces. */
        String namespace() {
            var namespace = getMetadata().getNamespace();
            return namespace == null ? "" : namespace;
        }

        String name() {
            return getMetadata().getName();
        }

        String uid() {
            return getMetadata().getUid();
        }

        /** Counts the changes of its spec. */
        long generation() {
            var generation = getMetadata().getGeneration();
            return generation == null ? 0 : generation;
        }

        @Nullable String annotation(String name) {
            var annotations = getMetadata().getAnnotations();
            return annotations == null ? null : annotations.get(name);
        }

        Map<String, String> labels() {
            var labels = getMetadata().getLabels();
            return labels == null ? Map.of() : labels;
        }
    }

    /** Who owns and pays. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("Tenant")
    public static final class Tenant extends Resource {
        public Tenant() {
            super("Tenant");
        }
    }

    /** What kind of machine. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("MachineClass")
    public static final class MachineClass extends Resource {
        public MachineClass() {
            super("MachineClass");
        }
    }

    /** Ordered steps. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("ProvisioningPlan")
    public static final class ProvisioningPlan extends Resource implements Namespaced {
        public ProvisioningPlan() {
            super("ProvisioningPlan");
        }
    }

    /** A computer reachable over SSH. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("Host")
    public static final class Host extends Resource implements Namespaced {
        public Host() {
            super("Host");
        }
    }

    /** So many machines of a class with a plan. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("MachineDeployment")
    public static final class MachineDeployment extends Resource implements Namespaced {
        public MachineDeployment() {
            super("MachineDeployment");
        }
    }

    /** Storage that a tenant pays for. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("Volume")
    public static final class Volume extends Resource implements Namespaced {
        public Volume() {
            super("Volume");
        }
    }

    /** One machine; written by the daemon, to be watched and deleted. */
    @Group(GROUP)
    @Version(VERSION)
    @Kind("Machine")
    public static final class Machine extends Resource implements Namespaced {
        public Machine() {
            super("Machine");
        }
    }
}
