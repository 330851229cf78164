package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.quartermaster.manifest.Kind;
import io.quartermaster.operator.CustomResources.Machine;
import io.quartermaster.operator.CustomResources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** One time of leading: the controllers of all kinds, from their start to their end. */
final class Term implements AutoCloseable {
    private static final int AT_ONCE = 10;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Bursts of events about one resource become two looks a second. */
    private static final LinearRateLimiter PACE = new LinearRateLimiter(Duration.ofSeconds(1), 2);

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final Operator operator;
    private final Tenancy tenancy;
    private final Map<Kind, Triggers<?>> declared = new EnumMap<>(Kind.class);
    private final List<Controller<?>> controllers = new ArrayList<>();
    private final Changes changes;
    private final CountDownLatch broken = new CountDownLatch(1);

    /** Starts to reconcile. */
    Term(KubernetesClient client, OperatorSettings settings, Parts parts) {
        this.client = client;
        this.settings = settings;
        this.operator =
                new Operator(
                        overrides ->
                                overrides
                                        .withKubernetesClient(client)
                                        .withCloseClientOnStop(false)
                                        .withConcurrentReconciliationThreads(AT_ONCE)
                                        .withReconciliationTerminationTimeout(FAREWELL)
                                        // Else the SDK would end the whole process.
                                        .withInformerStoppedHandler(
                                                (informer, cause) -> broken.countDown()));
        this.tenancy =
                settings.clusterWide()
                        ? Tenancy.watch(client, this::changedNamespace, broken::countDown)
                        : Tenancy.read(client);
        var tools = parts.tools(client, tenancy);
        for (var kind : Kind.values()) register(kind, tools);
        var machines =
                new MachineReconciler(
                        parts.dispatcher(), parts.ids(), tools, this::changedDeployment, client);
        controller(Machine.class, machines);
        this.changes =
                new Changes(
                        parts.log(),
                        parts.views(),
                        new Changes.Heard(declared, machines.triggers()));
    }

    private void changedNamespace(String namespace) {
        declared.values().forEach(each -> each.changedNamespace(namespace));
    }

    private void changedDeployment(String name) {
        var deployments = declared.get(Kind.MACHINE_DEPLOYMENT);
        if (deployments != null) deployments.changed(name);
    }

    private void register(Kind kind, DeclaredReconciler.Tools tools) {
        switch (kind) {
            case TENANT -> declare(kind, CustomResources.Tenant::new, tools);
            case MACHINE_CLASS -> declare(kind, CustomResources.MachineClass::new, tools);
            case PROVISIONING_PLAN -> declare(kind, CustomResources.ProvisioningPlan::new, tools);
            case HOST -> declare(kind, CustomResources.Host::new, tools);
            case MACHINE_DEPLOYMENT -> declare(kind, CustomResources.MachineDeployment::new, tools);
            case VOLUME -> declare(kind, CustomResources.Volume::new, tools);
        }
    }

    private <P extends Resource> void declare(
            Kind kind, Supplier<P> fresh, DeclaredReconciler.Tools tools) {
        boolean hasNamespaces = fresh.get() instanceof Namespaced;
        if (!hasNamespaces && !settings.clusterWide()) return;
        @SuppressWarnings("unchecked")
        var type = (Class<P>) fresh.get().getClass();
        var reconciler = new DeclaredReconciler<>(kind, fresh, tools);
        declared.put(kind, reconciler.triggers());
        controller(type, reconciler);
    }

    private <P extends Resource> void controller(Class<P> type, Reconciler<P> reconciler) {
        var informer = InformerConfiguration.builder(type).withOnUpdateFilter(Term::matters);
        if (settings.clusterWide()) informer.withWatchAllNamespaces();
        else informer.withNamespaces(settings.namespaces());
        var name = "quartermaster-" + type.getSimpleName().toLowerCase(Locale.ROOT);
        var registered =
                operator.register(
                        reconciler,
                        new ResolvedControllerConfiguration<>(
                                name,
                                false,
                                reconciler.getClass().getName(),
                                new GenericRetry()
                                        .setInitialInterval(Duration.ofSeconds(1))
                                        .setMaxInterval(Duration.ofMinutes(1).toMillis())
                                        .withoutMaxAttempts(),
                                PACE,
                                settings.resync(),
                                CustomResources.FINALIZER,
                                Map.of(),
                                StatusWriter.FIELD_MANAGER,
                                operator.getConfigurationService(),
                                informer.buildForController(),
                                false,
                                null));
        if (registered instanceof Controller<?> controller) controllers.add(controller);
    }

    /** Whether an update is somebody's wish, and not only a status or a heartbeat. */
    private static boolean matters(Resource now, Resource before) {
        var one = now.getMetadata();
        var other = before.getMetadata();
        return !Objects.equals(one.getGeneration(), other.getGeneration())
                || !Objects.equals(one.getLabels(), other.getLabels())
                || !Objects.equals(one.getAnnotations(), other.getAnnotations())
                || !Objects.equals(one.getFinalizers(), other.getFinalizers())
                || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp());
    }

    /** Lists everything once and goes on with what changes. */
    void start() throws InterruptedException {
        changes.begin();
        operator.start();
        changes.start();
    }

    void wake() {
        changes.wake();
    }

    /** Returns when it cannot go on and has to be replaced. */
    void awaitBroken() throws InterruptedException {
        broken.await();
    }

    /** Whether the API server sends what changes. */
    boolean isHealthy() {
        return operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    @Override
    public void close() {
        changes.close();
        operator.stop();
        // An operator whose start has failed stops its threads, and not what had started before.
        controllers.forEach(Controller::stop);
        tenancy.close();
    }
}
