package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quartermaster.step.Failure;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's own cluster: that of {@code KUBECONFIG}, of {@code ~/.kube/config}, or the one that
 * it runs in. Looked for when it is first asked for, so that a daemon without Kubernetes never
 * does.
 */
public final class OwnCluster
        implements Function<@Nullable String, KubernetesClient>, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int TRIES_AGAIN = 1;

    private @Nullable KubernetesClient client;

    @Override
    public synchronized KubernetesClient apply(@Nullable String kubeconfigSecret) {
        if (kubeconfigSecret != null) {
            throw new InstanceFailure(
                    new Failure(
                            "cluster-unknown",
                            "no cluster by the kubeconfig in secret " + kubeconfigSecret,
                            "leave kubeconfigSecret out of the class to use the daemon's own cluster",
                            Failure.Retry.WORTHWHILE));
        }
        if (client == null) {
            var config = Config.autoConfigure(null);
            config.setConnectionTimeout(TIMEOUT_MILLIS);
            config.setRequestTimeout(TIMEOUT_MILLIS);
            config.setRequestRetryBackoffLimit(TRIES_AGAIN);
            client = new KubernetesClientBuilder().withConfig(config).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) client.close();
        client = null;
    }
}
