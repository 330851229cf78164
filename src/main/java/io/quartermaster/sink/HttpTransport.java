package io.quartermaster.sink;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The REST client of Quarkus, without a typed interface: what is sent is given to the byte. */
public final class HttpTransport implements Transport, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Client client;

    /**
     * @param patience how long an answer may take
     */
    public HttpTransport(Duration patience) {
        client =
                ClientBuilder.newBuilder()
                        .connectTimeout(
                                Math.min(CONNECT.toMillis(), patience.toMillis()),
                                TimeUnit.MILLISECONDS)
                        .readTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .build();
    }

    @Override
    public Answer send(URI address, Request request, @Nullable String token) {
        var invocation = invocation(URI.create(address + request.path()), request, token);
        try (var response = invocation.invoke()) {
            return new Answer.Answered(response.getStatus(), headers(response), body(response));
        } catch (RuntimeException | IOException e) {
            // The client throws plain RuntimeExceptions when a connection ends early or takes too
            // long.
            return new Answer.Silence(why(e));
        }
    }

    private Invocation invocation(URI target, Request request, @Nullable String token) {
        var builder = client.target(target).request(MediaType.WILDCARD);
        request.headers().forEach(builder::header);
        if (token != null) builder.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        if (request.contentType().isEmpty()) return builder.build(request.method());
        var type = MediaType.valueOf(request.contentType());
        return builder.build(request.method(), Entity.entity(request.body(), type));
    }

    private static Map<String, String> headers(Response response) {
        var headers = new HashMap<String, String>();
        response.getStringHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }

    private static String body(Response response) throws IOException {
        if (!response.hasEntity()) return "";
        try (var stream = response.readEntity(InputStream.class)) {
            return new String(stream.readNBytes(Answer.MOST), StandardCharsets.UTF_8);
        }
    }

    /** The kind of failure and what it says, of the one that lies at the bottom. */
    private static String why(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
