package io.quartermaster.engine.lease;

import io.quartermaster.engine.TestDatabase;
import org.junit.jupiter.api.AfterEach;

class PostgresLeasesTest extends LeasesContract {
    private final TestDatabase postgres = new TestDatabase();
    private final Leases leases = new PostgresLeases(postgres.database());

    @Override
    Leases leases() {
        return leases;
    }

    @Override
    void expire(Lease lease) {
        var sql = "UPDATE lease SET expires_at = clock_timestamp() WHERE name = ?";
        postgres.database().update(sql, lease.name());
    }

    @AfterEach
    void close() {
        postgres.close();
    }
}
