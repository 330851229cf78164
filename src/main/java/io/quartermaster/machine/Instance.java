package io.quartermaster.machine;

import org.jspecify.annotations.Nullable;

/**
 * What a provider makes for one machine, and where: enough to find it again, whatever has become of
 * the class it was made by.
 *
 * @param name the machine's id
 * @param uid the cluster's own id for it, absent until it was seen running
 */
public record Instance(Place place, String name, @Nullable String uid) {

    /** What kinds there are. */
    public enum Kind {
        POD,
        /** A KubeVirt VirtualMachine. */
        VIRTUAL_MACHINE
    }

    /**
     * Where instances of a kind are.
     *
     * @param cluster name of the secret with its kubeconfig, absent for the daemon's own
     */
    public record Place(Kind kind, @Nullable String cluster, String namespace) {}

    /** The same, as it was seen. */
    public Instance seenAs(String seen) {
        return new Instance(place, name, seen);
    }
}
