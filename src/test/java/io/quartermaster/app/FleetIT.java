package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.cli.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole daemon against real OpenSSH hosts: what the demo shows, under blows. */
class FleetIT {

    private static final int HOSTS = 10;

    @TempDir private Path folder;
    private Fleet fleet;
    private Rollout rollout;

    @BeforeEach
    void startHosts() throws Exception {
        fleet = Fleet.up(HOSTS, folder.resolve("fleet"), 94);
        rollout = new Rollout(fleet, HOSTS);
    }

    @AfterEach
    void stopHosts() throws Exception {
        if (fleet != null) fleet.close();
    }

    private Daemon daemon() throws Exception {
        var settings =
                Map.of(
                        "QUARTERMASTER_INVENTORY", fleet.inventory().toString(),
                        "QUARTERMASTER_KEY_DIRS", fleet.keys().toString(),
                        "QUARTERMASTER_RUNNER_LEASE", "5s");
        return Daemon.launch(folder.resolve("data"), settings).awaitReady();
    }

    private Api api(Daemon daemon) throws IOException {
        return new Api(
                daemon.address(), Files.readString(folder.resolve("data/admin.token")).strip());
    }

    @Test
    void ten_hosts_become_ready_and_a_second_run_changes_nothing() throws Exception {
        try (var daemon = daemon();
                var api = api(daemon)) {
            api.apply(rollout.manifest(1));
            Rollout.await("ten machines ready", () -> rollout.allReady(api));

            assertTrue(
                    fleet.on("h007", "id demo; cat /etc/demo/app.conf").contains("demo on h007"));
            rollout.assertNoApplyRanTwice();

            api.post("/deployments/web/restart", "{}");
            Rollout.await("the second run is over", () -> rollout.allReadyAfterRun(api, 2));
            for (var run : Rollout.runs(api, 2)) {
                for (var step : run.at("/steps")) {
                    assertEquals("unchanged", step.path("outcome").asText(), step::toString);
                }
            }
        }
    }

    @Test
    void the_daemon_killed_twenty_times_completes_and_applies_nothing_twice() throws Exception {
        long seed = Long.getLong("fleet.seed", System.nanoTime());
        System.out.println("the moments of the kills follow from -Dfleet.seed=" + seed);
        var random = new Random(seed);
        boolean applied = false;
        for (int kill = 0; kill < 20; kill++) {
            try (var daemon = daemon();
                    var api = api(daemon)) {
                if (!applied) {
                    api.apply(rollout.manifest(3));
                    applied = true;
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                daemon.kill();
            }
        }
        try (var daemon = daemon();
                var api = api(daemon)) {
            Rollout.await("ten machines ready", () -> rollout.allReady(api));
            rollout.assertNoApplyRanTwice();
        }
    }
}
