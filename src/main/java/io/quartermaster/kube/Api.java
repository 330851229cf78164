package io.quartermaster.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An API server as far as steps need it, in JSON as the server writes it. Every change passes one
 * gate first.
 */
final class Api {

    /** Who manages the fields that steps set. */
    static final String MANAGER = "quartermaster-steps";

    private static final String JSON = "application/json";
    private static final String QUERY = "?fieldManager=" + MANAGER;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KubernetesClient client;
    private final Gate gate;
    private final long timeoutMillis;

    /** Asked before anything is changed. */
    @FunctionalInterface
    interface Gate {
        void pass() throws Killed;
    }

    /** Somebody wishes that the step is killed. */
    static final class Killed extends Exception {}

    Api(KubernetesClient client, Gate gate, long timeoutMillis) {
        this.client = client;
        this.gate = gate;
        this.timeoutMillis = timeoutMillis;
    }

    /** The same without a gate, to clear up behind a step that was killed. */
    Api ungated() {
        return new Api(client, () -> {}, timeoutMillis);
    }

    /** The object, or empty when there is none. */
    Optional<JsonNode> read(Located object) throws ClusterException, InterruptedException {
        return read(object.path(), object.toString());
    }

    /** What is at the path, or empty when there is nothing. */
    Optional<JsonNode> read(String path) throws ClusterException, InterruptedException {
        return read(path, path);
    }

    private Optional<JsonNode> read(String path, String what)
            throws ClusterException, InterruptedException {
        try {
            return Optional.of(send("GET", path, what, null));
        } catch (ClusterException e) {
            if (e.isStatus(404)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** All objects at the path. */
    List<JsonNode> list(String path) throws ClusterException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        send("GET", path, path, null).path("items").forEach(items::add);
        return items;
    }

    /** What a server-side apply would make of the object. */
    JsonNode wouldApply(Located object, JsonNode document, boolean force)
            throws ClusterException, InterruptedException {
        String query = QUERY + "&force=" + force + "&dryRun=All";
        return send(
                "PATCH",
                object.path() + query,
                object.toString(),
                new Body("application/apply-patch+yaml", document));
    }

    /** Applies the document, and makes the object when there is none. */
    void apply(Located object, JsonNode document, boolean force)
            throws ClusterException, InterruptedException, Killed {
        gate.pass();
        String query = QUERY + "&force=" + force;
        send(
                "PATCH",
                object.path() + query,
                object.toString(),
                new Body("application/apply-patch+yaml", document));
    }

    /** Changes what the patch names (RFC 7396). */
    void merge(Located object, JsonNode patch)
            throws ClusterException, InterruptedException, Killed {
        gate.pass();
        send(
                "PATCH",
                object.path() + QUERY,
                object.toString(),
                new Body("application/merge-patch+json", patch));
    }

    /** Makes the object, or what belongs to it at {@code path}. */
    void create(String path, Located object, JsonNode document)
            throws ClusterException, InterruptedException, Killed {
        gate.pass();
        send("POST", path + QUERY, object.toString(), new Body(JSON, document));
    }

    /**
     * Asks for the object's end.
     *
     * @param uid of the one that is meant; one of the same name that came after it stays
     * @param propagation what becomes of its dependents: Foreground, Background or Orphan
     */
    void delete(Located object, String uid, String propagation)
            throws ClusterException, InterruptedException, Killed {
        gate.pass();
        var options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.put("propagationPolicy", propagation);
        options.putObject("preconditions").put("uid", uid);
        try {
            send("DELETE", object.path(), object.toString(), new Body(JSON, options));
        } catch (ClusterException e) {
            // 404: it is gone already; 409: what is there now is another one.
            if (!e.isStatus(404) && !e.isStatus(409)) {
                throw e;
            }
        }
    }

    /**
     * Opens a stream that ends when the server ends it.
     *
     * @throws IOException when the server has none to give; the message says why
     */
    InputStream stream(String path) throws IOException, InterruptedException {
        HttpRequest request =
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(address(path))
                        .method("GET", null, null)
                        .build();
        var answer = client.getHttpClient().sendAsync(request, InputStream.class);
        try {
            HttpResponse<InputStream> response = answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
            if (response.isSuccessful()) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                throw new IOException(Answers.message(response.code(), body.readNBytes(4096)));
            }
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the API server does not give it", e);
        }
    }

    private record Body(String type, JsonNode document) {}

    private JsonNode send(String method, String path, String what, @Nullable Body body)
            throws ClusterException, InterruptedException {
        HttpRequest request =
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(address(path))
                        .method(
                                method,
                                body == null ? null : body.type(),
                                body == null ? null : body.document().toString())
                        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                        .build();
        HttpResponse<String> response = answer(request, method.equals("GET"));
        if (!response.isSuccessful()) {
            throw Answers.refused(response, method + " " + what, server());
        }
        try {
            return MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw away("its answer is no JSON");
        }
    }

    /** A connection that was idle may have been closed; what only reads is asked for again. */
    private HttpResponse<String> answer(HttpRequest request, boolean repeatable)
            throws ClusterException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client.getHttpClient().sendAsync(request, String.class);
        try {
            return answer.get(2 * timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (repeatable && cause instanceof IOException) {
                return answer(request, false);
            }
            throw away(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        } catch (TimeoutException e) {
            throw away("it does not answer within " + timeoutMillis + " ms");
        } finally {
            answer.cancel(true);
        }
    }

    private ClusterException away(String why) {
        return ClusterException.away(Failures.unreachable(server(), why));
    }

    private String address(String path) {
        String base = client.getMasterUrl().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    private String server() {
        URL url = client.getMasterUrl();
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
