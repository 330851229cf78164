package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.cli.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole daemon against real OpenSSH hosts: what the demo shows, under blows. */
class FleetIT {

    private static final int HOSTS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir private Path folder;
    private Fleet fleet;

    @BeforeEach
    void startHosts() throws Exception {
        fleet = Fleet.up(HOSTS, folder.resolve("fleet"), 94);
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

    private static String manifest() throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "fleet.yaml"));
    }

    private static List<JsonNode> machines(Api api) throws Exception {
        var machines = new ArrayList<JsonNode>();
        api.get("/machines?limit=100").path("items").forEach(machines::add);
        return machines;
    }

    private static boolean allReady(Api api) throws Exception {
        var machines = machines(api);
        return machines.size() == HOSTS
                && machines.stream().allMatch(machine -> phase(machine).equalsIgnoreCase("ready"));
    }

    private static String phase(JsonNode machine) {
        return machine.at("/status/phase").asText();
    }

    private interface Question {
        boolean ask() throws Exception;
    }

    /** Asks again until the answer is yes. */
    private static void await(String what, Question question) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!question.ask()) {
            assertTrue(System.nanoTime() < end, "not in time: " + what);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void assertNoApplyRanTwice() throws Exception {
        var applies = new TreeMap<String, Integer>();
        for (int number = 1; number <= HOSTS; number++) {
            String host = Fleet.name(number);
            fleet.on(host, "cat /var/lib/quartermaster/journal")
                    .lines()
                    .filter(line -> line.endsWith(" apply-start"))
                    .map(line -> line.split(" "))
                    .map(words -> host + " " + words[2] + " run " + words[3] + " step " + words[4])
                    .forEach(apply -> applies.merge(apply, 1, Integer::sum));
            assertEquals("once", fleet.on(host, "cat /var/lib/demo.count").strip(), host);
        }
        assertEquals(HOSTS * 10, applies.size());
        applies.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), applies, "applied more than once");
    }

    @Test
    void ten_hosts_become_ready_and_a_second_run_changes_nothing() throws Exception {
        try (var daemon = daemon();
                var api = api(daemon)) {
            api.apply(manifest());
            await("ten machines ready", () -> allReady(api));

            assertTrue(
                    fleet.on("h007", "id demo; cat /etc/demo/app.conf").contains("demo on h007"));
            assertNoApplyRanTwice();

            api.post("/deployments/web/restart", "{}");
            await("the second run is over", () -> secondRunIsOver(api));
            for (var machine : machines(api)) {
                var id = machine.at("/metadata/name").asText();
                for (var step : api.get("/machines/" + id + "/runs/2").at("/steps")) {
                    assertEquals("unchanged", step.path("outcome").asText(), step::toString);
                }
            }
        }
    }

    private static boolean secondRunIsOver(Api api) throws Exception {
        return allReady(api)
                && machines(api).stream().allMatch(m -> m.at("/status/run").asInt() == 2);
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
                    api.apply(manifest().replace("pause: \"1\"", "pause: \"3\""));
                    applied = true;
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                daemon.kill();
            }
        }
        try (var daemon = daemon();
                var api = api(daemon)) {
            await("ten machines ready", () -> allReady(api));
            assertNoApplyRanTwice();
        }
    }
}
