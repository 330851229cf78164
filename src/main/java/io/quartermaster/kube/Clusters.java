package io.quartermaster.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quartermaster.step.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clusters that the daemon can work with: its own, and those of kubeconfigs that are kept as
 * secrets. Clients are made when they are first asked for.
 */
public final class Clusters implements AutoCloseable {
    /** In milliseconds, for one request. */
    static final int TIMEOUT = 10_000;

    /** Levels of nesting in an object. */
    private static final int DEEPEST = 10_000;

    /** Clients of kubeconfigs that are kept at the same time. */
    private static final int MOST = 50;

    private final Function<String, Optional<String>> secrets;
    private final Supplier<Config> ownConfig;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable KubernetesClient own;

    /**
     * The daemon's own cluster is that of {@code KUBECONFIG}, else of {@code ~/.kube/config}, else
     * of the service account that it runs under.
     *
     * @param secrets gives kubeconfigs by name
     */
    public Clusters(Function<String, Optional<String>> secrets) {
        this(secrets, () -> Config.autoConfigure(null));
    }

    Clusters(Function<String, Optional<String>> secrets, Supplier<Config> ownConfig) {
        this.secrets = secrets;
        this.ownConfig = ownConfig;
    }

    /**
     * A client of the daemon's own cluster, which this object closes.
     *
     * @throws IllegalStateException when there is none; the message says how to give it one
     */
    public KubernetesClient own() {
        try {
            return ownClient();
        } catch (ClusterException e) {
            throw new IllegalStateException(e.failure().reason() + "; " + e.failure().remedy(), e);
        }
    }

    /** There is no way to a cluster; the failure says what to do. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        private Unavailable(Failure failure) {
            super(failure.reason(), null, false, false);
            this.failure = failure;
        }

        public Failure failure() {
            return failure;
        }
    }

    /**
     * A client for a request or two: it is closed when its kubeconfig changes.
     *
     * @param kubeconfigSecret absent: the daemon's own cluster
     * @throws Unavailable when there is no way to it
     */
    public KubernetesClient client(@Nullable String kubeconfigSecret) {
        try (var access = open(kubeconfigSecret)) {
            return access.client();
        } catch (ClusterException e) {
            throw new Unavailable(e.failure());
        }
    }

    private synchronized KubernetesClient ownClient() throws ClusterException {
        if (own == null) {
            Config config = ownConfig.get();
            boolean isDefault =
                    config.getMasterUrl() == null
                            || config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL);
            if (isDefault && config.getAutoOAuthToken() == null) {
                throw ClusterException.impossible(Failures.noCluster());
            }
            own = client(config);
        }
        return own;
    }

    /**
     * A client for the duration of a step.
     *
     * @param kubeconfigSecret absent: the daemon's own cluster
     */
    Access open(@Nullable String kubeconfigSecret) throws ClusterException {
        return kubeconfigSecret == null
                ? new Access(ownClient(), () -> {})
                : ofSecret(kubeconfigSecret);
    }

    /** A client that is in use. */
    record Access(KubernetesClient client, Runnable whenDone) implements AutoCloseable {
        @Override
        public void close() {
            whenDone.run();
        }
    }

    private synchronized Access ofSecret(String name) throws ClusterException {
        String content =
                secrets.apply(name)
                        .orElseThrow(() -> ClusterException.impossible(Failures.noSecret(name)));
        Kept client = kept.get(name);
        if (client == null || !client.content.equals(content)) {
            if (client != null) {
                client.giveUp();
            }
            client = new Kept(content, client(name, content));
            kept.put(name, client);
            trim();
        }
        client.users++;
        Kept used = client;
        return new Access(used.client, () -> done(used));
    }

    /** Those that were not used for the longest time are given up. */
    private void trim() {
        if (kept.size() > MOST) {
            String eldest = kept.keySet().iterator().next();
            Kept client = kept.remove(eldest);
            if (client != null) {
                client.giveUp();
            }
        }
    }

    private synchronized void done(Kept client) {
        client.users--;
        client.closeWhenUnused();
    }

    private static KubernetesClient client(String name, String content) throws ClusterException {
        try {
            Config config = Config.fromKubeconfig(content);
            if (config.getMasterUrl() != null
                    && !config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
                return client(config);
            }
        } catch (RuntimeException e) {
            // Of the parser, which throws several; its message may quote the secret, so the failure
            // below says what is to be done.
        }
        throw ClusterException.impossible(Failures.noKubeconfig(name));
    }

    /** A request that fails is not repeated here: whoever asks knows when that makes sense. */
    private static KubernetesClient client(Config config) {
        Config limited =
                new ConfigBuilder(config)
                        .withRequestTimeout(TIMEOUT)
                        .withConnectionTimeout(TIMEOUT)
                        .withRequestRetryBackoffLimit(0)
                        .build();
        return new KubernetesClientBuilder()
                .withConfig(limited)
                .withKubernetesSerialization(new KubernetesSerialization(mapper(), true))
                .build();
    }

    /** As deep as an API server takes: one object that is too deep would end the list of all. */
    private static ObjectMapper mapper() {
        var limits = StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
        return new ObjectMapper(JsonFactory.builder().streamReadConstraints(limits).build());
    }

    @Override
    public synchronized void close() {
        kept.values().forEach(Kept::giveUp);
        kept.clear();
        if (own != null) {
            own.close();
            own = null;
        }
    }

    /** A client of a kubeconfig, closed when nobody uses it any more and nobody will. */
    private static final class Kept {
        private final String content;
        private final KubernetesClient client;
        private int users;
        private boolean givenUp;

        Kept(String content, KubernetesClient client) {
            this.content = content;
            this.client = client;
        }

        void giveUp() {
            givenUp = true;
            closeWhenUnused();
        }

        void closeWhenUnused() {
            if (givenUp && users == 0) {
                client.close();
            }
        }
    }
}
