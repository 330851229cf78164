package io.quartermaster.machine;

import java.util.Map;

/**
 * What a machine shall be.
 *
 * @param deployment name of the deployment that it belongs to
 * @param machineClass name of its class
 * @param plan name of the provisioning plan
 * @param revision the plan's revision, from 1
 * @param parameters values for the plan's parameters
 */
public record MachineSpec(
        String tenant,
        String deployment,
        String machineClass,
        String plan,
        int revision,
        Map<String, String> parameters,
        Map<String, String> labels) {}
