package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.TestPostgres;
import io.quartermaster.cli.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons are replaced one by one while they roll a deployment out to real OpenSSH hosts. */
class RollingUpgradeIT {
    private static final int HOSTS = 4;
    private static final String TOKEN = "the-token-of-all-daemons";

    /** So long that nobody who waits for one to run out is in time. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration IN_TIME = LEASE.dividedBy(3);

    /** As the JVM ends after SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    @TempDir private Path folder;
    private Fleet fleet;
    private Rollout rollout;
    private String database;

    @BeforeEach
    void startHosts() throws Exception {
        fleet = Fleet.up(HOSTS, folder.resolve("fleet"), 94);
        rollout = new Rollout(fleet, HOSTS);
        database = TestPostgres.emptyDatabaseUrl();
    }

    @AfterEach
    void stopHosts() throws Exception {
        if (fleet != null) fleet.close();
    }

    @Test
    void replacing_the_daemons_in_mid_run_loses_nothing_and_waits_for_no_lease() throws Exception {
        try (var one = replica("one");
                var other = replica("other").awaitReady();
                var api = new Api(other.address(), TOKEN)) {
            one.awaitReady();
            api.apply(rollout.manifestHeld());
            Rollout.await("both are in mid-run", () -> midRuns(api, one, other) == HOSTS);
            try (var newOne = replica("new-one").awaitReady();
                    var newApi = new Api(newOne.address(), TOKEN)) {
                replace(one, newOne, newApi);
                try (var newOther = replica("new-other").awaitReady()) {
                    replace(other, newOther, newApi);
                    rollout.letGoOn();
                    Rollout.await("all machines ready", () -> rollout.allReady(newApi));
                    rollout.assertNoApplyRanTwice();
                    for (var run : Rollout.runs(newApi, 1)) {
                        assertEquals("completed", run.path("state").asText(), run::toString);
                    }
                    assertEquals(HOSTS, doneBy(newApi, newOne, newOther));
                }
            }
        }
    }

    /** Half of the runs each, so that those of the one that goes are left to the new one. */
    private Daemon replica(String name) throws Exception {
        var settings =
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        database,
                        "QUARTERMASTER_ADMIN_TOKEN",
                        TOKEN,
                        "QUARTERMASTER_INVENTORY",
                        fleet.inventory().toString(),
                        "QUARTERMASTER_KEY_DIRS",
                        fleet.keys().toString(),
                        "QUARTERMASTER_RUNNER_LEASE",
                        LEASE.toSeconds() + "s",
                        "QUARTERMASTER_RUNNER_TOTAL",
                        Integer.toString(HOSTS / 2));
        return Daemon.launch(folder.resolve(name), settings);
    }

    private static void replace(Daemon old, Daemon next, Api api) throws Exception {
        var its = midRun(api, old);
        assertEquals(HOSTS / 2, its.size());
        var since = System.nanoTime();
        assertEquals(TERMINATED, old.terminate());
        Rollout.await("its runs are taken over", () -> midRun(api, next).equals(its));
        var took = Duration.ofNanos(System.nanoTime() - since);
        assertTrue(took.compareTo(IN_TIME) < 0, "took over only after " + took);
    }

    private static int midRuns(Api api, Daemon... replicas) throws Exception {
        int count = 0;
        for (var replica : replicas) count += midRun(api, replica).size();
        return count;
    }

    private static int doneBy(Api api, Daemon... replicas) throws Exception {
        int count = 0;
        for (var run : Rollout.runs(api, 1)) {
            for (var replica : replicas) if (by(replica, run)) count++;
        }
        return count;
    }

    /** Machines whose hosts are at the step that takes long, for this replica. */
    private static Set<String> midRun(Api api, Daemon replica) throws Exception {
        var machines = new TreeSet<String>();
        for (var run : Rollout.runs(api, 1)) {
            boolean isAtIt = run.at("/steps/7/state").asText().equals("sent");
            if (by(replica, run) && isAtIt && run.path("state").asText().equals("claimed")) {
                machines.add(run.path("machine").asText());
            }
        }
        return machines;
    }

    private static boolean by(Daemon replica, JsonNode run) {
        return run.path("runner").asText().contains("/" + replica.pid() + "/");
    }
}
