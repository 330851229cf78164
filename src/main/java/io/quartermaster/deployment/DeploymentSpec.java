package io.quartermaster.deployment;

import java.util.Map;

/**
 * How many machines of what.
 *
 * @param tenant who owns and pays
 * @param replicas 0 to 10,000
 * @param labels of the deployment itself, for selecting it in lists
 */
public record DeploymentSpec(
        String tenant, int replicas, Template template, Map<String, String> labels) {

    /**
     * What each machine is made from.
     *
     * @param machineClass name of a machine class
     * @param plan name of a provisioning plan; its newest revision is used
     * @param parameters values for the plan's parameters
     * @param labels that each machine carries
     */
    public record Template(
            String machineClass,
            String plan,
            Map<String, String> parameters,
            Map<String, String> labels) {}

    DeploymentSpec scaledTo(int newReplicas) {
        return new DeploymentSpec(tenant, newReplicas, template, labels);
    }
}
