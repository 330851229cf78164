package io.quartermaster.rest;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that says exactly what it is told to, and knows the way in. */
final class Door {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;

    Door(URI root) {
        this.root = root;
    }

    /** An answer with its body, and that read as JSON when it is some. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new IllegalStateException(response.body(), e);
            }
        }

        String text(String pointer) {
            return json().at(pointer).asText();
        }

        @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }

    /** A request in the making; it comes in with the token unless told otherwise. */
    final class Call {
        private final String method;
        private final String path;
        private final List<String> headers = new ArrayList<>();
        private BodyPublisher body = BodyPublishers.noBody();
        private @Nullable String authorization = "Bearer " + EmptyDatabase.TOKEN;

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        Call with(String header, String value) {
            headers.add(header);
            headers.add(value);
            return this;
        }

        Call authorization(@Nullable String value) {
            authorization = value;
            return this;
        }

        Call json(String text) {
            return body("application/json", text);
        }

        Call yaml(String text) {
            return body("application/yaml", text);
        }

        Call body(String type, String text) {
            body = BodyPublishers.ofString(text);
            return with("Content-Type", type);
        }

        Call body(String type, BodyPublisher bytes) {
            body = bytes;
            return with("Content-Type", type);
        }

        Answer send() {
            var request =
                    HttpRequest.newBuilder(root.resolve(path))
                            .timeout(Duration.ofSeconds(30))
                            .method(method, body);
            if (authorization != null) request.header("Authorization", authorization);
            for (int i = 0; i < headers.size(); i += 2) {
                request.header(headers.get(i), headers.get(i + 1));
            }
            try {
                return new Answer(client.send(request.build(), BodyHandlers.ofString()));
            } catch (IOException e) {
                throw new IllegalStateException(method + " " + path, e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Call call(String method, String path) {
        return new Call(method, path);
    }

    Answer get(String path) {
        return call("GET", "/api/v1" + path).send();
    }

    Call post(String path) {
        return call("POST", "/api/v1" + path);
    }

    Call put(String path) {
        return call("PUT", "/api/v1" + path);
    }

    Call delete(String path) {
        return call("DELETE", "/api/v1" + path);
    }
}
