package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.view.deployment.Deployments;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.machine.Runs;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions asked all the time must not read the whole fleet. Counts rows, not seconds. */
class FleetSizeTest {
    private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

    /**
     * A hundred thousand machines, most of them ready on a host; a few wait, and a few are at work.
     */
    private static final List<String> FLEET =
            List.of(
                    """
                    INSERT INTO machine_class (name, tenant, spec, selector, labels, version,
                      created_at, updated_at)
                    SELECT 'class-' || c, '', '{"provider": "inventory"}',
                      jsonb_build_object('pool', 'pool-' || c), '{}', 1, now(), now()
                    FROM generate_series(0, 9) c""",
                    """
                    INSERT INTO machine (id, tenant, deployment, class, plan, revision, parameters,
                      labels, host, phase, phase_since, run, version, created_at, updated_at)
                    SELECT 'm-' || lpad(n::text, 6, '0'), 'tenant-' || n % 100, 'd-' || n % 1000,
                      'class-' || n % 10, 'base', 1, '{}',
                      jsonb_build_object('role', 'r' || n % 500, 'all', 'yes'), 'h-' || n,
                      CASE WHEN n % 503 = 1 THEN 'requested' ELSE 'ready' END, now(), 3, 9,
                      timestamptz '2026-01-01' + n * interval '1 second',
                      timestamptz '2026-01-01' + n * interval '1 second'
                    FROM generate_series(1, 100000) n""",
                    """
                    INSERT INTO run (machine, number, kind, state, plan, revision, requested_at,
                      due_at, ended_at)
                    SELECT 'm-' || lpad(n::text, 6, '0'), r, 'PROVISION',
                      CASE WHEN r < 2 OR n % 500 > 2 THEN 'completed'
                        WHEN n % 500 = 0 THEN 'due' WHEN n % 500 = 1 THEN 'waiting'
                        ELSE 'claimed' END,
                      'base', 1, timestamptz '2026-10-01' + n * interval '1 second',
                      timestamptz '2026-10-01' + n * interval '1 second',
                      NULL
                    FROM generate_series(1, 100000) n, generate_series(1, 2) r""",
                    """
                    INSERT INTO host (name, tenant, spec, labels, source, keys, facts, occupancy,
                      machine, version, created_at, updated_at)
                    SELECT 'h-' || n, '', '{}', jsonb_build_object('pool', 'pool-' || n % 20), 'x',
                      '[]', '{}', CASE WHEN n % 101 = 0 THEN 'vacant' ELSE 'in use' END,
                      CASE WHEN n % 101 = 0 THEN NULL ELSE 'm-' || lpad(n::text, 6, '0') END,
                      9, now(), now()
                    FROM generate_series(1, 100000) n""",
                    """
                    INSERT INTO deployment (name, tenant, replicas, template, labels, revision,
                      version, created_at, updated_at)
                    SELECT 'd-' || n, 'tenant-' || n % 100, 100,
                      '{"machineClass": "x", "plan": "base", "parameters": {}, "labels": {}}',
                      '{}', 1, 1, now(), now() FROM generate_series(0, 999) n""",
                    "UPDATE host SET machine = NULL WHERE machine IN"
                            + " (SELECT id FROM machine WHERE phase = 'requested')");

    private static Connection connection;
    private static Database database;

    @BeforeAll
    static void makeFleet() throws SQLException {
        var json = new Json(Domain.codec());
        var source = TestPostgres.freshDatabase();
        connection = source.getConnection();
        database = new Database(source, json).within(connection);
        var statements =
                World.projections(json).stream().flatMap(each -> each.tables().stream()).toList();
        // Indexes are made faster on tables that are full.
        run(statements.stream().filter(FleetSizeTest::isTable).toList());
        run(FLEET);
        run(statements.stream().filter(sql -> !isTable(sql)).toList());
        run(List.of("ANALYZE"));
    }

    private static boolean isTable(String sql) {
        return sql.startsWith("CREATE TABLE");
    }

    private static void run(List<String> statements) {
        for (var sql : statements) database.update(sql);
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void due_runs_are_found_without_reading_the_others() {
        var runs = new Runs(database);
        long read = rowsReadBy(() -> assertFound(200, runs.due(100, NOW, List.of())));
        assertTrue(read < 2_000, read + " rows read");
    }

    @Test
    void stuck_runs_are_found_without_reading_the_others() {
        var runs = new Runs(database);
        long read = rowsReadBy(() -> assertFound(100, runs.stuck(NOW, 100)));
        assertTrue(read < 1_000, read + " rows read");
    }

    @Test
    void waiting_machines_are_found_without_reading_the_others() {
        var machines = new Machines(database);
        long read = rowsReadBy(() -> assertFound(100, machines.waiting(10)));
        assertTrue(read < 2_000, read + " rows read");
    }

    @Test
    void free_hosts_are_found_without_reading_those_in_use() {
        var hosts = new Hosts(database);
        long read = rowsReadBy(() -> assertFound(50, hosts.free(5)));
        assertTrue(read < 15_000, read + " rows read");
    }

    @Test
    void what_providers_made_is_found_without_reading_the_inventory() {
        var provided = new Provided(database);
        long read = rowsReadBy(() -> assertFound(0, provided.hosts()));
        assertTrue(read < 100, read + " rows read");
        read = rowsReadBy(() -> assertFound(0, provided.waiting(10)));
        assertTrue(read < 100, read + " rows read");
    }

    @Test
    void a_page_of_machines_reads_about_a_page() {
        var machines = new Machines(database);
        var page = Listing.ALL.limit(100).from(Cursor.after("m-050000"));
        long read = rowsReadBy(() -> assertFound(100, machines.list(page).items()));
        assertTrue(read < 500, read + " rows read for any page");
        var tenant = page.of("tenant-7");
        read = rowsReadBy(() -> assertFound(100, machines.list(tenant).items()));
        assertTrue(read < 1_000, read + " rows read for a tenant's page");
        var labelled = Listing.ALL.labelled(LabelSelector.parse("role=r7,all"));
        read = rowsReadBy(() -> assertFound(100, machines.list(labelled).items()));
        assertTrue(read < 2_000, read + " rows read for a rare label");
    }

    @Test
    void a_page_of_deployments_counts_their_own_machines_only() {
        var deployments = new Deployments(database);
        long read =
                rowsReadBy(() -> assertFound(1, deployments.list(Listing.ALL.limit(1)).items()));
        assertTrue(read < 1_000, read + " rows read");
    }

    @Test
    void a_question_that_does_read_the_fleet_is_noticed() {
        var machines = new Machines(database);
        assertTrue(rowsReadBy(machines::countByPhase) >= 100_000);
    }

    private static void assertFound(int expected, List<?> found) {
        assertEquals(expected, found.size());
    }

    private static long rowsReadBy(Runnable question) {
        long before = rowsRead();
        question.run();
        return rowsRead() - before;
    }

    /** What PostgreSQL counted in this session and all others, up to now. */
    private static long rowsRead() {
        database.list("SELECT pg_stat_force_next_flush()::text AS done", row -> 0);
        database.list("SELECT pg_stat_clear_snapshot()::text AS done", row -> 0);
        return database.one(
                        """
                        SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) AS rows
                        FROM pg_stat_user_tables""",
                        row -> row.number("rows"))
                .orElseThrow();
    }
}
