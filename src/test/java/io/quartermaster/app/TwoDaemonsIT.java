package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.TestPostgres;
import io.quartermaster.cli.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two daemons on one PostgreSQL, against real OpenSSH hosts. */
class TwoDaemonsIT {

    private static final int HOSTS = 6;
    private static final String TOKEN = "the-token-of-both-daemons";

    private static final Pattern LET_GO =
            Pattern.compile("Run 1 of machine (\\S+) (?:was lost: |is left to others)");

    /** A third of a minute is four leases. */
    private static final Duration STALL =
            Duration.ofSeconds(Integer.getInteger("replicas.stall.seconds", 20));

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

    private static Map<String, Long> versions(Api api) throws Exception {
        var versions = new TreeMap<String, Long>();
        for (var machine : Rollout.machines(api)) {
            versions.put(
                    machine.at("/metadata/name").asText(),
                    machine.at("/metadata/resourceVersion").asLong());
        }
        return versions;
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

    @Test
    void a_stalled_replica_says_and_does_nothing_for_its_old_runs_and_is_a_good_one_again()
            throws Exception {
        try (var stalled = replica("one", HOSTS).awaitReady();
                var its = api(stalled)) {
            its.apply(rollout.manifestHeld());
            Rollout.await("it is in mid-run", () -> inMidRun(its, stalled).size() == HOSTS);
            try (var other = replica("other", HOSTS).awaitReady();
                    var api = api(other)) {
                stallWhileTheOtherTakesOver(stalled, other, api);
                rollout.letGoOn();
                Rollout.await("all machines ready", () -> rollout.allReady(api));
                for (var run : Rollout.runs(api, 1)) assertTrue(by(other, run), run::toString);
                restart(its, 2);
            }
            restart(its, 3);
            for (var run : Rollout.runs(its, 3)) assertTrue(by(stalled, run), run::toString);
            rollout.assertNoApplyRanTwice();
        }
    }

    private void stallWhileTheOtherTakesOver(Daemon stalled, Daemon other, Api api)
            throws Exception {
        signal("STOP", stalled);
        long since = System.nanoTime();
        Rollout.await("its runs are taken over", () -> inMidRun(api, other).size() == HOSTS);
        TimeUnit.NANOSECONDS.sleep(STALL.toNanos() - (System.nanoTime() - since));
        var before = versions(api);
        var journals = rollout.journals();

        signal("CONT", stalled);
        Rollout.await("it lets its runs go", () -> letGo(stalled).size() == HOSTS);
        assertEquals(before, versions(api), "it said something about a run while hosts work");
        assertEquals(journals, rollout.journals(), "it did something on a host");
        for (var machine : before.keySet()) assertEquals(2, claims(api, machine).size(), machine);
    }

    private void restart(Api api, int run) throws Exception {
        api.post("/deployments/web/restart", "{}");
        Rollout.await("run " + run + " is over", () -> rollout.allReadyAfterRun(api, run));
    }

    /**
     * Machines whose runs a replica says to have let go: a report was refused, the host had seen a
     * newer claim, or the lease could not be renewed, whichever it met first.
     */
    private static Set<String> letGo(Daemon replica) throws IOException {
        return LET_GO.matcher(replica.output())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
    }

    private static void signal(String name, Daemon daemon) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(daemon.pid()));
        assertEquals(0, kill.inheritIO().start().waitFor());
    }
}
