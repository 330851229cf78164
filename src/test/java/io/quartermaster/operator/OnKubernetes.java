package io.quartermaster.operator;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import io.quartermaster.operator.schema.Crds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A daemon whose operator works with the tests' API server; the test plays the runner. */
public class OnKubernetes implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        // Asked before JUnit has looked whether the test is enabled.
        if (!KubeBinaries.areHere()) return Map.of();
        try {
            Crds.installOn(ApiServer.shared());
            // Where fabric8's client looks first.
            System.setProperty("kubeconfig", ApiServer.shared().kubeconfigOfDaemon().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("quartermaster.operator.enabled", "true");
    }
}
