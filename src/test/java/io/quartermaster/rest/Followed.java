package io.quartermaster.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An event stream that is followed until it has told enough. */
final class Followed implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BufferedReader lines;

    /** One event: what came under each name. */
    record Event(String id, String name, String data) {}

    Followed(URI root, String path, String... headers) {
        var request =
                HttpRequest.newBuilder(root.resolve(path))
                        .header("Authorization", "Bearer " + EmptyDatabase.TOKEN)
                        .header("Accept", "text/event-stream");
        if (headers.length > 0) request.headers(headers);
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next events, so many; waits for them. */
    List<Event> next(int count) {
        var events = new ArrayList<Event>();
        while (events.size() < count) {
            var event = one();
            if (!event.data().isEmpty()) events.add(event);
        }
        return events;
    }

    private Event one() {
        var event = new Event("", "", "");
        for (var line = line(); !line.isEmpty(); line = line()) {
            var value = line.substring(line.indexOf(':') + 1).strip();
            if (line.startsWith("id:")) event = new Event(value, event.name(), event.data());
            if (line.startsWith("event:")) event = new Event(event.id(), value, event.data());
            if (line.startsWith("data:")) event = new Event(event.id(), event.name(), value);
        }
        return event;
    }

    private String line() {
        try {
            var line = lines.readLine();
            if (line == null) throw new IllegalStateException("the stream has ended");
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
