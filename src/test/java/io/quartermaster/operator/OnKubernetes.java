package io.quartermaster.operator;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import java.util.Map;

/** A daemon whose operator works with the tests' API server; the test plays the runner. */
public class OnKubernetes implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        // Asked before JUnit has looked whether the test is enabled.
        if (!KubeBinaries.areHere()) return Map.of();
        // Where fabric8's client looks first.
        System.setProperty("kubeconfig", ApiServer.shared().kubeconfigFile().toString());
        ApiServer.shared().kubectl("apply", "--validate=false", "-k", "k8s/crds");
        return Map.of(
                "quartermaster.operator.enabled", "true",
                "quartermaster.operator.lease-namespace", "default");
    }
}
