package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.cli.Api;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import io.quartermaster.operator.schema.Crds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** kubectl on one side, real OpenSSH hosts on the other, and the packed daemon between them. */
@EnabledIf(
        value = "io.quartermaster.kube.KubeBinaries#areHere",
        disabledReason = KubeBinaries.MISSING)
class KubernetesIT {
    private static final int HOSTS = 3;
    private static final String WEB = "machinedeployment/web";
    private static final String ACME = "{quartermaster.io/tenant: acme}";
    private static final Duration LEASE = Duration.ofSeconds(6);

    /** As long as somebody wants to see it; after ten seconds nothing changes any more. */
    private static final Duration LONGER =
            Duration.ofSeconds(Integer.getInteger("outage.seconds", 0));

    private static final Pattern HOST = Pattern.compile("^(h\\d+) .*ansible_host=(\\S+)");
    private static final String TOKEN = "the-token-of-all-daemons";

    @TempDir private Path folder;
    private Fleet fleet;
    private Rollout rollout;
    private ApiServer cluster;

    @BeforeEach
    void startBothSides() throws Exception {
        fleet = Fleet.up(HOSTS, folder.resolve("fleet"), 96);
        rollout = new Rollout(fleet, HOSTS);
        cluster = ApiServer.start(folder.resolve("kube"));
        Crds.installOn(cluster);
    }

    @AfterEach
    void stopBothSides() throws Exception {
        if (cluster != null) cluster.close();
        if (fleet != null) fleet.close();
    }

    private Daemon daemon(String name, Map<String, String> more) throws Exception {
        var settings = new HashMap<String, String>();
        settings.put("QUARTERMASTER_ADMIN_TOKEN", TOKEN);
        settings.put("QUARTERMASTER_KEY_DIRS", fleet.keys().toString());
        settings.put("QUARTERMASTER_RUNNER_LEASE", "5s");
        settings.put("QUARTERMASTER_OPERATOR_ENABLED", "true");
        settings.put("QUARTERMASTER_OPERATOR_LEASE", LEASE.toSeconds() + "s");
        settings.put("KUBECONFIG", cluster.kubeconfigOfDaemon().toString());
        settings.putAll(more);
        return Daemon.launch(folder.resolve(name), settings).awaitReady();
    }

    private static Api api(Daemon daemon) {
        return new Api(daemon.address(), TOKEN);
    }

    /** The hosts and a deployment to all of them, as a user of Kubernetes writes them. */
    private void apply(String manifest) throws Exception {
        var text = new StringBuilder(manifest.replace("tenant: acme", "labels: " + ACME));
        for (var line : fleet.call("inventory").lines().toList()) {
            var host = HOST.matcher(line);
            if (!host.find()) continue;
            text.append(
                    """
                    ---
                    apiVersion: quartermaster.io/v1alpha1
                    kind: Host
                    metadata: {name: %s, labels: {group/fleet: "true"}}
                    spec:
                      address: %s
                      user: deploy
                      become: {method: sudo}
                      credentials: {privateKeyFile: %s/id_ed25519}
                    """
                            .formatted(host.group(1), host.group(2), fleet.keys()));
        }
        var file = folder.resolve("all.yaml");
        Files.writeString(file, text);
        cluster.kubectl("apply", "-f", file.toString());
    }

    private String status(String what, String jsonPath) {
        return cluster.kubectl("get", what, "-o", "jsonpath={" + jsonPath + "}");
    }

    private List<String> machines() {
        var names = status("qmm", ".items[*].metadata.name");
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }

    @Test
    void kubectl_waits_shows_scales_and_deletes() throws Exception {
        try (var daemon = daemon("one", Map.of())) {
            Rollout.await("it reconciles", () -> health(daemon).contains("leading"));
            apply(rollout.manifest(1));
            cluster.kubectl("wait", "--for=condition=Available", "--timeout=120s", WEB);
            rollout.assertNoApplyRanTwice();
            var wide = cluster.kubectl("get", "qmm", "-o", "wide");
            assertEquals(HOSTS, wide.lines().filter(line -> line.contains("10.96.")).count(), wide);

            cluster.kubectl("scale", WEB, "--replicas=1");
            Rollout.await("one machine is left", () -> machines().size() == 1);
            assertEquals("1", status(WEB, ".status.replicas"));

            var only = machines().getFirst();
            cluster.kubectl("delete", "machine.quartermaster.io", only, "--timeout=60s");
            assertFalse(machines().contains(only));
            cluster.kubectl("wait", "--for=condition=Available", "--timeout=60s", WEB);
            assertEquals(1, machines().size(), "another took its place");

            cluster.kubectl("delete", WEB, "--timeout=60s");
            Rollout.await("no machine is shown any more", () -> machines().isEmpty());
            assertEquals("available available available", status("qmh", ".items[*].status.phase"));
        }
    }

    @Test
    void without_an_api_server_provisioning_goes_on_and_the_status_catches_up() throws Exception {
        try (var daemon = daemon("one", Map.of());
                var api = api(daemon)) {
            apply(rollout.manifestHeld());
            Rollout.await("in mid-rollout", () -> inMidRollout(api));

            cluster.stopApi();
            rollout.letGoOn();
            Rollout.await("all machines ready", () -> rollout.allReady(api));
            Rollout.await("health tells", () -> health(daemon).contains("degraded"));
            TimeUnit.SECONDS.sleep(LONGER.toSeconds());
            cluster.restartApi();

            cluster.kubectl("wait", "--for=condition=Available", "--timeout=60s", WEB);
            Rollout.await("health tells", () -> health(daemon).contains("leading"));
            rollout.assertNoApplyRanTwice();
        }
    }

    private static String health(Daemon daemon) throws Exception {
        return daemon.get("/q/health/ready").body();
    }

    private static boolean inMidRollout(Api api) throws Exception {
        return Rollout.runs(api, 1).stream()
                        .filter(run -> run.at("/steps/7/state").asText().equals("sent"))
                        .count()
                == HOSTS;
    }

    @Test
    void a_killed_daemon_makes_nothing_twice_and_forgets_no_finalizer() throws Exception {
        try (var daemon = daemon("one", Map.of());
                var api = api(daemon)) {
            apply(rollout.manifestHeld());
            Rollout.await("in mid-rollout", () -> inMidRollout(api));
            Rollout.await("machines are shown", () -> machines().size() == HOSTS);
            daemon.kill();
        }
        var before = machines();
        try (var daemon = daemon("one", Map.of())) {
            rollout.letGoOn();
            cluster.kubectl("wait", "--for=condition=Available", "--timeout=120s", WEB);
            rollout.assertNoApplyRanTwice();
            assertEquals(before, machines());
            cluster.kubectl("delete", WEB, "--wait=false");
            daemon.kill();
        }
        assertEquals("[\"quartermaster.io/release\"]", status(WEB, ".metadata.finalizers"));
        try (var daemon = daemon("one", Map.of())) {
            cluster.kubectl("wait", "--for=delete", "--timeout=90s", WEB);
            Rollout.await("no machine is shown any more", () -> machines().isEmpty());
            assertTrue(health(daemon).contains("leading"));
        }
    }

    @Test
    void one_of_two_replicas_leads_and_the_other_does_when_it_is_killed() throws Exception {
        var shared = Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.emptyDatabaseUrl());
        try (var one = daemon("one", shared)) {
            Rollout.await("the first leads", () -> health(one).contains("leading"));
            try (var other = daemon("other", shared)) {
                apply(rollout.manifest(1));
                cluster.kubectl("wait", "--for=condition=Available", "--timeout=120s", WEB);
                assertTrue(health(other).contains("following"), health(other));

                var killed = System.nanoTime();
                one.kill();
                Rollout.await("the other leads", () -> health(other).contains("leading"));
                var took = Duration.ofNanos(System.nanoTime() - killed);
                assertTrue(took.compareTo(LEASE.multipliedBy(2)) < 0, "it took " + took);

                cluster.kubectl("scale", WEB, "--replicas=2");
                Rollout.await("two machines are left", () -> machines().size() == 2);
            }
        }
    }
}
