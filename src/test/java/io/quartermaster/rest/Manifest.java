package io.quartermaster.rest;

/** Manifests for tests of the door. */
final class Manifest {
    private static final String HEAD = "apiVersion: quartermaster.io/v1alpha1\n";

    private Manifest() {}

    static String machineClass(String name) {
        return HEAD
                + """
                kind: MachineClass
                metadata: {name: %s}
                spec: {provider: inventory, selector: {pool: none}}
                """
                        .formatted(name);
    }

    static String plan(String name, String command) {
        return HEAD
                + """
                kind: ProvisioningPlan
                metadata: {name: %s}
                spec:
                  steps:
                    - {name: only, command: {apply: "%s"}}
                """
                        .formatted(name, command);
    }

    static String deployment(String name, int replicas, String machineClass, String plan) {
        return HEAD
                + """
                kind: MachineDeployment
                metadata: {name: %s, tenant: acme, labels: {tier: web}}
                spec: {replicas: %d, template: {class: %s, plan: %s}}
                """
                        .formatted(name, replicas, machineClass, plan);
    }

    static String host(String name) {
        return HEAD
                + """
                kind: Host
                metadata: {name: %s, labels: {pool: fra1}}
                spec: {address: 192.0.2.1, user: deploy, credentials: {agent: true}}
                """
                        .formatted(name);
    }

    /**
     * @param more of its spec, empty for nothing
     */
    static String tenant(String name, String more) {
        return HEAD
                + "kind: Tenant\nmetadata: {name: %s}\nspec: {currency: EUR%s}\n"
                        .formatted(name, more.isEmpty() ? "" : ", " + more);
    }

    static String volume(String name, String tenant, String spec) {
        return HEAD
                + "kind: Volume\nmetadata: {name: %s, tenant: %s}\nspec: {%s}\n"
                        .formatted(name, tenant, spec);
    }

    /** A class, a plan and a deployment whose names begin with the given one. */
    static String whole(String name, int replicas) {
        return String.join(
                "---\n",
                machineClass(name + "-class"),
                plan(name + "-plan", "true"),
                deployment(name, replicas, name + "-class", name + "-plan"));
    }
}
