package io.quartermaster.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** Whether this process has a database of its own; found out at start, not set. */
    @WithDefault("false")
    boolean embedded();

    /** Inventory sources: files, directories and executable scripts. */
    Optional<List<Path>> inventory();

    /** The only directories from which files that manifests name are read. */
    Optional<List<Path>> keyDirs();

    /** Time between two scheduled passes of reconciliation. */
    @WithDefault("30s")
    Duration reconcileEvery();

    /** Time after which a host is looked at again. */
    @WithDefault("5m")
    Duration inspectEvery();

    /** When usage and fleet are compared: seconds to weekday, as Quartz has it. */
    @WithDefault("0 15 3 * * ?")
    String checkBooksAt();

    /** Time between two looks at what accounts have spent, for budgets and missing prices. */
    @WithDefault("5m")
    Duration lookAtSpendingEvery();

    /** How long the output of a run's steps is kept after its last line; at least an hour. */
    @WithDefault("30d")
    Duration runLogKept();

    /** Who signs in to hosts whose inventory names nobody. */
    @WithDefault("${user.name}")
    String user();

    /** Limits of the runner. */
    Runner runner();

    /** The operator for Kubernetes. */
    Operator operator();

    /** Where usage is sent on, by name; see {@link SinkSettings}. */
    Map<String, SinkSettings> sinks();

    /** The operator for Kubernetes; see {@link io.quartermaster.operator.OperatorSettings}. */
    interface Operator {
        /** Whether custom resources are reconciled. */
        @WithDefault("false")
        boolean enabled();

        /** The namespaces that are watched; all, and the kinds without one, when none is named. */
        Optional<Set<String>> namespaces();

        /** Time after which every resource is looked at again. */
        @WithDefault("10m")
        Duration resync();

        /** How long other replicas wait for a silent leader. */
        @WithDefault("15s")
        Duration lease();

        /** Where the leader's Lease is. */
        @WithDefault("quartermaster-system")
        String leaseNamespace();
    }

    /** Limits of the runner; see {@link io.quartermaster.runner.RunnerSettings}. */
    interface Runner {
        /** Runs at the same time. */
        @WithDefault("100")
        int total();

        /** Runs at the same time on hosts with the same label {@code pool}. */
        @WithDefault("100")
        int perPool();

        /** Runs at the same time through one jump host. */
        @WithDefault("20")
        int perBastion();

        /** Runs at the same time for one tenant. */
        @WithDefault("100")
        int perTenant();

        /** How long a silent replica keeps its runs before others take them over. */
        @WithDefault("15s")
        Duration lease();

        /** How long a host may be out of reach before its run fails. */
        @WithDefault("30m")
        Duration patience();
    }
}
