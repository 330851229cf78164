package io.quartermaster.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the daemon. Each is an environment variable ({@code QUARTERMASTER_KEY_DIRS}) or a
 * line in {@code application.properties} ({@code quartermaster.key-dirs}).
 */
@ConfigMapping(prefix = "quartermaster")
public interface Settings {
    /** Embedded PostgreSQL, keys and the first administrator's token live here. */
    @WithDefault("${user.home}/.local/share/quartermaster")
    Path data();

    /** {@code host:port} of the HTTP server; loopback unless told otherwise. */
    @WithDefault("127.0.0.1:8080")
    String listen();

    /**
     * The first administrator's token; without it one is generated into {@code DATA/admin.token}.
     */
    Optional<String> adminToken();

    /** Inventory sources: files, directories and executable scripts. */
    Optional<List<Path>> inventory();

    /** The only directories from which files that manifests name are read. */
    Optional<List<Path>> keyDirs();

    /** The key of the secret store; without it one is generated into the data directory. */
    Optional<Path> secretKeyFile();

    /** Time between two scheduled passes of reconciliation. */
    @WithDefault("30s")
    Duration reconcileEvery();
}
