package io.quartermaster.rest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quartermaster.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A database and a directory of its own for a daemon under test, and a token to come in with. */
public final class EmptyDatabase implements QuarkusTestResourceLifecycleManager {
    static final String TOKEN = "a-token-for-tests-only";

    private final SinkStub sink = new SinkStub();

    @Override
    public Map<String, String> start() {
        try {
            var data = Files.createTempDirectory(Path.of("target"), "daemon-under-test");
            return Map.of(
                    "quartermaster.data",
                    data.toString(),
                    "quarkus.datasource.jdbc.url",
                    TestPostgres.emptyDatabaseUrl(),
                    "quartermaster.admin-token",
                    TOKEN,
                    "quartermaster.sinks.test.kind",
                    "cloudevents",
                    "quartermaster.sinks.test.mode",
                    "batch",
                    "quartermaster.sinks.test.url",
                    sink.address(),
                    "quarkus.http.test-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The database's server ends with the test's JVM.
        sink.close();
    }
}
