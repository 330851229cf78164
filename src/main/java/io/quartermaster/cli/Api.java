package io.quartermaster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** The daemon's HTTP contract as a client sees it. */
public final class Api implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(11);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI root;
    private final String token;

    /**
     * @param root the daemon's address, {@code http://127.0.0.1:8080}
     * @param token the bearer token
     */
    public Api(URI root, String token) {
        this.root = root;
        this.token = token;
    }

    /** Whether the daemon answers and is ready to work. */
    public boolean ready() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(root.resolve("/q/health/ready")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads something.
     *
     * @param path below {@code /api/v1}, with its query
     * @throws Refused with the daemon's explanation
     * @throws IOException when the daemon cannot be reached
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The same as text. */
    public String text(String path) throws IOException, InterruptedException {
        return answer(request(path).setHeader("Accept", "text/plain").GET());
    }

    /**
     * Sends manifests to be applied, all or none.
     *
     * @param manifests YAML, one or many documents
     */
    public JsonNode apply(String manifests) throws IOException, InterruptedException {
        return post("/apply", "application/yaml", BodyPublishers.ofString(manifests));
    }

    /**
     * Asks for something to be done.
     *
     * @param body JSON
     */
    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofString(body));
    }

    private JsonNode post(String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve("/api/v1" + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return json.readTree(answer(request));
    }

    private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new Refused(response.statusCode(), response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }

    /** The daemon said no; the message is its problem document. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(int status, String problem) {
            super("the daemon answered " + status + ": " + problem);
        }
    }
}
