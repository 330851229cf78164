package io.quartermaster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.app.Daemon;
import io.quartermaster.app.Fleet;
import io.quartermaster.cli.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The whole program: a deployment applied over its HTTP API, until the API says that every machine
 * is ready, with everything recorded in its own PostgreSQL. Half of the fleet's hosts are for a
 * first deployment, in which the daemon gets warm.
 */
final class WholeDaemon implements Contender, AutoCloseable {
    private static final Path MANIFEST =
            Path.of("src", "test", "resources", "bench", "ten-steps.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern BEFORE_COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(");
    private final int hosts;
    private final Path data;
    private final Path collections;
    private final Daemon daemon;
    private final Api api;
    private final Effort cold;

    /**
     * @param hosts to be measured with; the fleet has twice as many
     */
    WholeDaemon(Fleet fleet, int hosts, Path data) throws Exception {
        this.hosts = hosts;
        this.data = data;
        collections = fleet.keys().resolve("gc.log");
        var settings =
                Map.of(
                        "QUARTERMASTER_INVENTORY", inventory(fleet, hosts).toString(),
                        "QUARTERMASTER_KEY_DIRS", fleet.keys().toString(),
                        "JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + collections);
        daemon = Daemon.launch(data, settings).awaitReady();
        api = new Api(daemon.address(), Files.readString(data.resolve("admin.token")).strip());
        await(() -> available() == 2 * hosts);
        cold = deploy("warm");
    }

    /** The first half of the hosts is to get warm with. */
    private static Path inventory(Fleet fleet, int hosts) throws Exception {
        var text = Files.readString(fleet.inventory());
        var second = Fleet.name(hosts + 1) + " ";
        return Files.writeString(
                fleet.keys().resolve("halves.ini"),
                text.replace("[fleet]", "[warm]")
                        .replace("\n" + second, "\n[measured]\n" + second)
                        .replace("[fleet:vars]", "[all:vars]"));
    }

    /** What the first deployment of a daemon took that had just been started. */
    Effort cold() {
        return cold;
    }

    @Override
    public Effort first() throws Exception {
        return deploy("measured");
    }

    private Effort deploy(String group) throws Exception {
        var manifest =
                Files.readString(MANIFEST)
                        .replace("GROUP", group)
                        .replace("HOSTS", Integer.toString(hosts));
        return measure(
                () -> {
                    api.apply(manifest);
                    await(() -> ready(api.get("/deployments/" + group)));
                });
    }

    @Override
    public Effort second() throws Exception {
        var effort =
                measure(
                        () -> {
                            var row = api.post("/deployments/measured/restart?wait=300", "{}");
                            if (!ready(row)) throw new IOException("not ready: " + row);
                        });
        for (var machine : api.get("/machines?limit=200&deployment=measured").path("items")) {
            var id = machine.at("/metadata/name").asText();
            for (var step : api.get("/machines/" + id + "/runs/2").at("/steps")) {
                if (!step.path("outcome").asText().equals("unchanged")) {
                    throw new IOException(id + " changed something again: " + step);
                }
            }
        }
        return effort;
    }

    private boolean ready(JsonNode deployment) {
        return deployment.at("/status/readyReplicas").asInt() == hosts;
    }

    private long available() throws IOException, InterruptedException {
        long count = 0;
        for (var host : api.get("/hosts?limit=200").path("items")) {
            boolean seen = host.at("/status").hasNonNull("inspectedAt");
            if (seen && host.at("/status/phase").asText().equals("available")) count++;
        }
        return count;
    }

    /** Megabytes of heap in use when a collection began, at most. */
    double heapPeak() throws IOException {
        return Files.readString(collections)
                .lines()
                .flatMap(line -> BEFORE_COLLECTION.matcher(line).results())
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .max()
                .orElse(0);
    }

    private Effort measure(Work work) throws Exception {
        var before = cpu();
        long start = System.nanoTime();
        work.done();
        var took = Duration.ofNanos(System.nanoTime() - start);
        return new Effort(took, cpu().minus(before));
    }

    /** The daemon's own, and that of its database. */
    private Duration cpu() throws IOException {
        var pidFile = data.resolve("postgres/data/postmaster.pid");
        long server = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        return CpuTime.of(daemon.pid()).plus(CpuTime.ofFamily(server));
    }

    private interface Work {
        void done() throws Exception;
    }

    private interface Question {
        boolean ask() throws Exception;
    }

    private static void await(Question question) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!question.ask()) {
            if (System.nanoTime() > end) throw new IOException("not within " + PATIENCE);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() throws IOException {
        api.close();
        daemon.close();
    }
}
