package io.quartermaster.operator;

import java.time.Duration;
import java.util.Set;

/**
 * How the operator works.
 *
 * @param enabled whether it does at all
 * @param namespaces those that are watched; empty: the whole cluster, with the kinds that have no
 *     namespace
 * @param resync time after which every resource is looked at again, although nothing changed
 * @param election how replicas agree on who leads
 */
public record OperatorSettings(
        boolean enabled, Set<String> namespaces, Duration resync, Election election) {

    /**
     * Of one leader among replicas, by a Lease of coordination.k8s.io.
     *
     * @param needed whether there may be other replicas
     * @param identity of this one, unique
     * @param namespace of the Lease
     * @param lease how long a silent leader is waited for; at least three seconds
     */
    public record Election(boolean needed, String identity, String namespace, Duration lease) {}

    boolean clusterWide() {
        return namespaces.isEmpty();
    }
}
