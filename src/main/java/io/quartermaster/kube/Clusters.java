package io.quartermaster.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** The API servers that the daemon talks to. */
public final class Clusters implements AutoCloseable {
    private volatile KubernetesClient own;

    public synchronized KubernetesClient own() {
        if (own == null) {
            var config =
                    new ConfigBuilder(Config.autoConfigure(null))
                            .withRequestTimeout(10_000)
                            .withRequestRetryBackoffLimit(2)
                            .build();
            own = new KubernetesClientBuilder().withConfig(config).build();
        }
        return own;
    }

    @Override
    public void close() {
        if (own != null) own.close();
    }
}
