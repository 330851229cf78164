package io.quartermaster.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quartermaster.cli.Api;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Shows what the daemon does with one deployment, as it happens. */
final class DemoTour {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int HOSTS_SHOWN = 20;

    private final Api api;
    private final PrintStream out;
    private final Map<String, String> shown = new HashMap<>();

    DemoTour(Api api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    /**
     * Applies the manifest and follows it.
     *
     * @return whether every machine became ready
     */
    boolean run(String manifest, int machines) throws IOException, InterruptedException {
        Instant start = Instant.now();
        if (!until(start, api::ready)) {
            out.println("The daemon did not become ready; its messages above say why.");
            return false;
        }
        say(
                start,
                "the daemon is ready; applying the manifest: a class, a plan of ten steps, a deployment of "
                        + machines
                        + " machines");
        api.apply(manifest);
        boolean ready = until(start, () -> look(start) == machines);
        say(
                start,
                ready
                        ? "all " + machines + " machines are ready"
                        : "not all machines became ready");
        return ready;
    }

    /** A question that is asked again until it is answered with yes. */
    private interface Question {
        boolean ask() throws IOException, InterruptedException;
    }

    private static boolean until(Instant start, Question question)
            throws IOException, InterruptedException {
        while (Instant.now().isBefore(start.plus(PATIENCE))) {
            if (question.ask()) {
                return true;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return false;
    }

    private int look(Instant start) throws IOException, InterruptedException {
        int ready = 0;
        for (JsonNode machine : api.get("/machines?limit=" + HOSTS_SHOWN).path("items")) {
            JsonNode status = machine.path("status");
            String id = machine.at("/metadata/name").asText();
            String phase = status.path("phase").asText();
            String line =
                    "%-14s on %-8s %s"
                            .formatted(id, status.path("host").asText("-"), progress(id, phase));
            if (!line.equals(shown.put(id, line))) {
                say(start, line);
            }
            ready += phase.equalsIgnoreCase("ready") ? 1 : 0;
        }
        return ready;
    }

    private String progress(String id, String phase) throws IOException, InterruptedException {
        int done = 0;
        int changed = 0;
        for (JsonNode step : run(id).path("steps")) {
            String outcome = step.path("outcome").asText();
            done += outcome.isEmpty() ? 0 : 1;
            changed += outcome.equals("changed") ? 1 : 0;
        }
        return "%-12s %d steps done, %d changed something".formatted(phase, done, changed);
    }

    /** The machine's run, or nothing while it has none. */
    private JsonNode run(String id) throws IOException, InterruptedException {
        try {
            return api.get("/machines/" + id + "/runs/1");
        } catch (Api.Refused noRunYet) {
            return MissingNode.getInstance();
        }
    }

    private void say(Instant start, String text) {
        long millis = Duration.between(start, Instant.now()).toMillis();
        out.printf("%6.1f s  %s%n", millis / 1000.0, text);
    }
}
