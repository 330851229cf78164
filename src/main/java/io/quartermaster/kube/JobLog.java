package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the pods of a Job print, as it comes. Its failures are no failures of the Job: they are said
 * in the output.
 */
final class JobLog implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final int MOST = 20;
    private static final Charset UTF8 = StandardCharsets.UTF_8;

    private final Api api;
    private final Doing doing;
    private final Located job;
    private final Map<String, Stream> streams = new HashMap<>();

    JobLog(Api api, Doing doing, Located job) {
        this.api = api;
        this.doing = doing;
        this.job = job;
    }

    /** Takes up the logs of containers that began, and passes on what came since the last call. */
    void follow() throws ClusterException, InterruptedException {
        String query = "?labelSelector=" + URLEncoder.encode("job-name=" + job.name(), UTF8);
        String pods = "/api/v1/namespaces/" + job.namespace() + "/pods";
        for (JsonNode pod : api.list(pods + query)) {
            String name = pod.at("/metadata/name").asText();
            for (String kind : new String[] {"initContainerStatuses", "containerStatuses"}) {
                for (JsonNode container : pod.path("status").path(kind)) {
                    if (!container.at("/state").has("waiting") && container.has("state")) {
                        begin(pods + "/" + name, name + "/" + container.path("name").asText());
                    }
                }
            }
        }
        streams.values().forEach(stream -> doing.print(stream.take()));
    }

    private void begin(String pod, String title) {
        if (streams.containsKey(title) || streams.size() >= MOST) {
            return;
        }
        String container = title.substring(title.indexOf('/') + 1);
        String path = pod + "/log?follow=true&container=" + URLEncoder.encode(container, UTF8);
        streams.put(title, new Stream(api, path, title));
    }

    /** Waits a little for what was printed last, and passes it on. */
    void finish() throws InterruptedException {
        for (Stream stream : streams.values()) {
            stream.thread.join(FAREWELL);
            doing.print(stream.take());
        }
    }

    @Override
    public void close() {
        streams.values().forEach(stream -> stream.thread.interrupt());
    }

    /** The log of one container, read by a thread of its own. */
    private static final class Stream {
        private static final int MOST_HELD = 1 << 20;

        private final StringBuilder held = new StringBuilder();
        private final Thread thread;

        Stream(Api api, String path, String title) {
            keep("--- " + title + "\n");
            thread = Thread.ofVirtual().name("log of " + title).start(() -> read(api, path));
        }

        private void read(Api api, String path) {
            try (Reader reader = new InputStreamReader(api.stream(path), UTF8)) {
                char[] buffer = new char[8192];
                for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                    keep(new String(buffer, 0, read));
                }
            } catch (IOException e) {
                keep("[the log is not to be had: " + e.getMessage() + "]\n");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody wants it any more
            }
        }

        private synchronized void keep(String text) {
            if (held.length() < MOST_HELD) {
                held.append(text);
            }
        }

        private synchronized String take() {
            String taken = held.toString();
            held.setLength(0);
            return taken;
        }
    }
}
