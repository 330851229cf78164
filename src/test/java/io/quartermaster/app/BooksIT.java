package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed daemon is killed while volumes come and go and months are closed. */
class BooksIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fifty were seen to do no harm; each takes seconds. */
    private static final int KILLS = Integer.getInteger("books.kills", 20);

    private static final int TENANTS = 12;
    private static final int MONTHS = 5;

    /** It lives for moments only, so what makes it fast later is not worth its start. */
    private static final Map<String, String> SHORT_LIVED =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    @TempDir Path folder;

    /** What is said to a daemon, in order; each is repeated until it is answered. */
    private record Saying(String method, String path, String type, String body) {}

    @Test
    void books_of_a_daemon_killed_fifty_times_equal_those_of_an_undisturbed_one() throws Exception {
        long seed = Long.getLong("books.seed", 20261125L);
        System.out.println(
                "what is said, and when it is killed, follows from -Dbooks.seed=" + seed);
        // A month is closed a day after its end.
        var since =
                LocalDate.now(ZoneOffset.UTC).minusDays(1).withDayOfMonth(1).minusMonths(MONTHS);
        var script = script(new Random(seed), since);
        var undisturbed = books(folder.resolve("undisturbed"), script, null);
        var killed = books(folder.resolve("killed"), script, new Random(seed));
        assertEquals(TENANTS * MONTHS, undisturbed.size() - 1, "closed months");
        assertEquals(undisturbed, killed);
    }

    private static List<Saying> script(Random random, LocalDate since) {
        var script = new ArrayList<Saying>();
        script.add(
                new Saying(
                        "POST",
                        "/prices",
                        "application/json",
                        """
                        {"meter": "storage", "currency": "EUR", "from": "2000-01-01T00:00:00Z",
                         "unit": "GiB-month", "price": "0.05"}"""));
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            // Its months are closed one after the other while the next tenant's volumes change.
            for (int volume = 0; volume < 4; volume++) life(random, since, tenant, volume, script);
            script.add(tenant(since, tenant));
        }
        return script;
    }

    private static void life(
            Random random, LocalDate since, int tenant, int volume, List<Saying> script) {
        var name = "v%d-%d".formatted(tenant, volume);
        var days = new TreeSet<Integer>();
        while (days.size() < 4) days.add(random.nextInt(MONTHS * 30));
        for (int day : days) {
            var time = LocalTime.ofSecondOfDay(random.nextInt(86_400));
            var at = since.plusDays(day).atTime(time).toInstant(ZoneOffset.UTC);
            if (day == days.last() && volume > 0) {
                var gone = "/volumes/%s?observedAt=%s".formatted(name, at);
                script.add(new Saying("DELETE", gone, "application/json", ""));
                continue;
            }
            var manifest =
                    """
                    apiVersion: quartermaster.io/v1alpha1
                    kind: Volume
                    metadata: {name: %s, tenant: t%d}
                    spec: {size: %dGi, tier: ssd, observed: {at: "%s"}}
                    """
                            .formatted(name, tenant, 1 + random.nextInt(500), at);
            script.add(new Saying("PUT", "/volumes/" + name, "application/yaml", manifest));
        }
    }

    private static Saying tenant(LocalDate since, int tenant) {
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Tenant
                metadata: {name: t%d}
                spec: {displayName: T, currency: EUR, billing: {since: %s, taxPercent: "19"}}
                """
                        .formatted(tenant, since);
        return new Saying("PUT", "/tenants/t" + tenant, "application/yaml", manifest);
    }

    /** Says everything to a daemon, which dies at random moments meanwhile if somebody kills it. */
    private static Map<String, String> books(Path data, List<Saying> script, @Nullable Random kills)
            throws Exception {
        Files.createDirectories(data);
        int said = 0;
        if (kills != null) {
            int atOnce = script.size() / KILLS + 1;
            for (int kill = 0; kill < KILLS; kill++) {
                int end = Math.min(script.size(), said + atOnce);
                said = saidUntilKilled(data, script, said, end, kills.nextInt(700));
            }
        }
        try (var daemon = Daemon.launch(data, SHORT_LIVED).awaitReady();
                var client = new Client(daemon, data)) {
            for (; said < script.size(); said++) client.say(said, script.get(said));
            return client.books();
        }
    }

    /** How much of it is known to have been heard when the daemon dies. */
    private static int saidUntilKilled(Path data, List<Saying> script, int from, int to, int millis)
            throws Exception {
        try (var daemon = Daemon.launch(data, SHORT_LIVED).awaitReady();
                var client = new Client(daemon, data)) {
            var killer =
                    CompletableFuture.runAsync(
                            daemon::kill,
                            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
            int said = from;
            try {
                while (said < to) client.say(said, script.get(said++));
            } catch (IOException dead) {
                said--;
            }
            killer.join();
            return said;
        }
    }

    /** Who talks to a daemon. */
    private static final class Client implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final Daemon daemon;
        private final String token;

        Client(Daemon daemon, Path data) throws IOException {
            this.daemon = daemon;
            this.token = Files.readString(data.resolve("admin.token")).strip();
        }

        void say(int number, Saying saying) throws IOException, InterruptedException {
            send(
                    request(saying.path())
                            .header("Content-Type", saying.type())
                            .header("Idempotency-Key", "saying-" + number)
                            .method(saying.method(), BodyPublishers.ofString(saying.body())));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(daemon.address().resolve("/api/v1" + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token);
        }

        private JsonNode send(HttpRequest.Builder request)
                throws IOException, InterruptedException {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertTrue(answer.statusCode() < 300, answer.statusCode() + answer.body());
            return JSON.readTree(answer.body());
        }

        private JsonNode get(String path) throws IOException, InterruptedException {
            return send(request(path));
        }

        /** Closed invoices by id, each with all its lines; the numbers are looked at apart. */
        Map<String, String> books() throws IOException, InterruptedException {
            var invoices = get("/invoices?limit=500").at("/items");
            while (invoices.size() < TENANTS * MONTHS || isUnnumbered(invoices)) {
                TimeUnit.MILLISECONDS.sleep(300);
                invoices = get("/invoices?limit=500").at("/items");
            }
            var books = new TreeMap<String, String>();
            var numbers = new TreeSet<String>();
            for (var invoice : invoices) {
                var id = invoice.at("/id").asText();
                if (invoice.has("number")) numbers.add(invoice.at("/number").asText());
                var same = ((ObjectNode) invoice).without(List.of("number", "closedAt"));
                books.put(id, same + " " + get("/invoices/" + id + "/lines?limit=500"));
            }
            var last = "default-%06d".formatted(numbers.size());
            assertEquals(last, numbers.last(), "numbers have no gaps");
            var verified = send(request("/books/verify?wait=60").POST(BodyPublishers.noBody()));
            assertEquals("passed", verified.at("/state").asText(), verified.toString());
            books.put("differences", get("/books/findings").toString());
            return books;
        }

        private static boolean isUnnumbered(JsonNode invoices) {
            for (var invoice : invoices) {
                boolean needsOne = invoice.at("/lines").asInt() > 0;
                if (needsOne && !invoice.has("number")) return true;
            }
            return false;
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
