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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The deployment of {@code fleet.yaml} on real hosts: how far it is, and what the hosts say. */
record Rollout(Fleet fleet, int hosts) {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String GO = "/srv/demo/go";

    /** The manifests, for as many machines as there are hosts. */
    String manifest(int pauseSeconds) throws IOException {
        return manifest(Integer.toString(pauseSeconds));
    }

    /** The same, whose slow step does not end before {@link #letGoOn}. */
    String manifestHeld() throws IOException {
        return manifest("0; until test -e " + GO + "; do sleep 0.2; done");
    }

    void letGoOn() throws Exception {
        for (int number = 1; number <= hosts; number++) fleet.on(Fleet.name(number), "touch " + GO);
    }

    private String manifest(String pause) throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "fleet.yaml"))
                .replace("replicas: 10", "replicas: " + hosts)
                .replace("pause: \"1\"", "pause: \"" + pause + "\"");
    }

    static List<JsonNode> machines(Api api) throws Exception {
        var machines = new ArrayList<JsonNode>();
        api.get("/machines?limit=100").path("items").forEach(machines::add);
        return machines;
    }

    /** The run of that number of every machine that has one. */
    static List<JsonNode> runs(Api api, int number) throws Exception {
        var runs = new ArrayList<JsonNode>();
        for (var machine : machines(api)) {
            if (machine.at("/status/run").asInt() < number) continue;
            var id = machine.at("/metadata/name").asText();
            runs.add(api.get("/machines/" + id + "/runs/" + number));
        }
        return runs;
    }

    boolean allReady(Api api) throws Exception {
        var machines = machines(api);
        return machines.size() == hosts
                && machines.stream()
                        .allMatch(machine -> machine.at("/status/phase").asText().equals("ready"));
    }

    boolean allReadyAfterRun(Api api, int number) throws Exception {
        return allReady(api)
                && machines(api).stream().allMatch(m -> m.at("/status/run").asInt() == number);
    }

    /** What may be so now. */
    interface Question {
        boolean ask() throws Exception;
    }

    /** Asks again until the answer is yes. */
    static void await(String what, Question question) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!question.ask()) {
            assertTrue(System.nanoTime() < end, "not in time: " + what);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What the hosts themselves wrote down about their steps. */
    Map<String, String> journals() throws Exception {
        var journals = new TreeMap<String, String>();
        for (int number = 1; number <= hosts; number++) {
            String host = Fleet.name(number);
            journals.put(host, fleet.on(host, "cat /var/lib/quartermaster/journal"));
        }
        return journals;
    }

    void assertNoApplyRanTwice() throws Exception {
        var applies = new TreeMap<String, Integer>();
        for (var journal : journals().entrySet()) {
            String host = journal.getKey();
            journal.getValue()
                    .lines()
                    .filter(line -> line.endsWith(" apply-start"))
                    .map(line -> line.split(" "))
                    .map(words -> host + " " + words[2] + " run " + words[3] + " step " + words[4])
                    .forEach(apply -> applies.merge(apply, 1, Integer::sum));
            assertEquals("once", fleet.on(host, "cat /var/lib/demo.count").strip(), host);
        }
        assertEquals(hosts * 10, applies.size());
        applies.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), applies, "applied more than once");
    }
}
