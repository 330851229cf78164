package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quartermaster.kube.Clusters;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Kind;
import io.quartermaster.machine.Instance.Place;
import io.quartermaster.step.Failure;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pods, and KubeVirt's virtual machines, in clusters. Has no state of its own. */
public final class KubeInstances implements Instances {
    private static final int CONFLICT = 409;

    private final Function<@Nullable String, KubernetesClient> clusters;
    private final Labels labels;

    /**
     * @param clusters the client of the cluster whose kubeconfig is in that secret; of none: of the
     *     daemon's own
     * @param installation labels what this daemon makes, and says what is its own
     */
    public KubeInstances(
            Function<@Nullable String, KubernetesClient> clusters, String installation) {
        this.clusters = clusters;
        this.labels = new Labels(installation);
    }

    /** In the clusters that steps work with too. */
    public static KubeInstances in(Clusters clusters, String installation) {
        return new KubeInstances(
                secret -> {
                    try {
                        return clusters.client(secret);
                    } catch (Clusters.Unavailable e) {
                        throw new InstanceFailure(e.failure());
                    }
                },
                installation);
    }

    private Resources at(Place place) {
        var client = clusters.apply(place.cluster());
        return switch (place.kind()) {
            case POD -> new Pods(client, place.namespace());
            case VIRTUAL_MACHINE -> new VirtualMachines(client, place.namespace());
        };
    }

    @Override
    public Map<String, State> list(Place place) {
        var act = "listing " + word(place) + "s in " + place.namespace();
        return asking(act, () -> owned(at(place)));
    }

    private Map<String, State> owned(Resources resources) {
        var found = new TreeMap<String, State>();
        resources
                .list(labels.selector())
                .forEach(
                        (thing, state) -> {
                            if (labels.areOn(thing)) {
                                found.put(thing.getMetadata().getName(), state);
                            }
                        });
        return found;
    }

    @Override
    public State look(Instance instance) {
        var resources = at(instance.place());
        return asking(
                "looking at " + shown(instance),
                () -> {
                    var thing = resources.get(instance.name());
                    return thing != null && isOurs(thing, instance)
                            ? resources.state(thing)
                            : new State.Gone();
                });
    }

    /** One that has lost its labels is known by its uid. */
    private boolean isOurs(GenericKubernetesResource thing, Instance instance) {
        return labels.areOn(thing) || thing.getMetadata().getUid().equals(instance.uid());
    }

    @Override
    public State make(Instance instance, String body) {
        var act = "creating " + shown(instance);
        return asking(
                act,
                () -> {
                    var resources = at(instance.place());
                    try {
                        var thing = resources.thing(body);
                        thing.getMetadata().setName(instance.name());
                        thing.getMetadata().getLabels().putAll(labels.of(instance.name()));
                        return resources.state(resources.create(thing));
                    } catch (KubernetesClientException e) {
                        if (e.getCode() != CONFLICT) throw e;
                        // An earlier call, whose answer was lost, or another replica made it.
                        var there = resources.get(instance.name());
                        if (there == null) return new State.Gone();
                        if (!isOurs(there, instance)) throw taken(instance);
                        return resources.state(there);
                    }
                });
    }

    @Override
    public void remove(Instance instance) {
        remove(instance, thing -> isOurs(thing, instance));
    }

    @Override
    public void removeExactly(Instance seen) {
        remove(seen, thing -> thing.getMetadata().getUid().equals(seen.uid()));
    }

    private void remove(Instance instance, Predicate<GenericKubernetesResource> isMeant) {
        var resources = at(instance.place());
        asking(
                "deleting " + shown(instance),
                () -> {
                    var thing = resources.get(instance.name());
                    if (thing != null && isMeant.test(thing) && !isLeaving(thing)) {
                        delete(resources, thing);
                    }
                    return true;
                });
    }

    private static void delete(Resources resources, GenericKubernetesResource thing) {
        try {
            resources.delete(thing);
        } catch (KubernetesClientException e) {
            // It has changed since: who wants it gone looks again.
            if (e.getCode() != CONFLICT) throw e;
        }
    }

    static boolean isLeaving(GenericKubernetesResource thing) {
        return thing.getMetadata().getDeletionTimestamp() != null;
    }

    private static InstanceFailure taken(Instance instance) {
        return new InstanceFailure(
                new Failure(
                        "instance-name-taken",
                        shown(instance) + " is there, but this installation has not made it",
                        "delete or rename it; the daemon does not touch what is not its own",
                        Failure.Retry.WORTHWHILE));
    }

    private static <T> T asking(String act, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw InstanceFailure.of(act, e);
        }
    }

    private static String shown(Instance instance) {
        var place = instance.place();
        return word(place) + " " + place.namespace() + "/" + instance.name();
    }

    private static String word(Place place) {
        return place.kind() == Kind.POD ? "pod" : "virtual machine";
    }
}
