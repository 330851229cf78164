package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.TestPostgres;
import io.quartermaster.cli.Api;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two daemons on one PostgreSQL, against real OpenSSH hosts. */
class TwoDaemonsIT {

    private static final int HOSTS = 6;
    private static final String TOKEN = "the-token-of-both-daemons";

    @TempDir private Path folder;
    private Fleet fleet;
    private Rollout rollout;
    private String database;

    @BeforeEach
    void startHosts() throws Exception {
        fleet = Fleet.up(HOSTS, folder.resolve("fleet"), 93);
        rollout = new Rollout(fleet, HOSTS);
        database = TestPostgres.emptyDatabaseUrl();
    }

    @AfterEach
    void stopHosts() throws Exception {
        if (fleet != null) fleet.close();
    }

    private Daemon replica(String name, int runs) throws Exception {
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
                        "5s",
                        "QUARTERMASTER_RUNNER_TOTAL",
                        Integer.toString(runs));
        return Daemon.launch(folder.resolve(name), settings);
    }

    private static Api api(Daemon daemon) {
        return new Api(daemon.address(), TOKEN);
    }

    /** Whether the run is, or was last, in this replica's hands. */
    private static boolean by(Daemon replica, JsonNode run) {
        return run.path("runner").asText().contains("/" + replica.pid() + "/");
    }

    /** Machines whose hosts work for this replica on the step that takes long. */
    private static Set<String> inMidRun(Api api, Daemon replica) throws Exception {
        return Rollout.runs(api, 1).stream()
                .filter(run -> by(replica, run) && run.path("state").asText().equals("claimed"))
                .filter(run -> run.at("/steps/6/state").asText().equals("changed"))
                .filter(run -> run.at("/steps/7/state").asText().equals("sent"))
                .map(run -> run.path("machine").asText())
                .collect(Collectors.toSet());
    }

    /** Who claimed runs of a machine, in the order of the log. */
    private static List<String> claims(Api api, String machine) throws Exception {
        return api.get("/machines/" + machine + "/history?limit=100")
                .path("items")
                .valueStream()
                .filter(event -> event.path("event").asText().equals("machine.run-claimed"))
                .map(event -> event.at("/data/runner").asText())
                .toList();
    }

    @Test
    void replicas_share_the_work_and_one_that_is_killed_loses_nothing() throws Exception {
        try (var one = replica("one", HOSTS / 2);
                var other = replica("other", HOSTS / 2).awaitReady();
                var api = api(one.awaitReady());
                var survivor = api(other)) {
            api.apply(rollout.manifest(5));
            Rollout.await(
                    "both replicas are in mid-run",
                    () -> inMidRun(api, one).size() >= 2 && inMidRun(api, other).size() >= 2);
            var orphaned = inMidRun(api, one);
            one.kill();

            Rollout.await("all machines ready", () -> rollout.allReady(survivor));
            rollout.assertNoApplyRanTwice();
            for (var run : Rollout.runs(survivor, 1)) {
                assertEquals("completed", run.path("state").asText(), run::toString);
                assertTrue(by(other, run), run::toString);
            }
            for (var machine : orphaned) {
                assertEquals(2, claims(survivor, machine).size(), machine);
            }
        }
    }
}
