package io.quartermaster.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.TestDatabase;
import io.quartermaster.engine.WatchedSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresLeaseKeeperTest extends LeaseKeeperContract {
    private final TestDatabase postgres = new TestDatabase();
    private final AtomicInteger statements = new AtomicInteger();
    private final Leases leases =
            new PostgresLeases(
                    new Database(
                            new WatchedSource(
                                            postgres.pool(),
                                            (connection, trip) -> {
                                                statements.incrementAndGet();
                                                return trip.go();
                                            })
                                    .dataSource()));

    @Override
    Leases leases() {
        return leases;
    }

    @Override
    void silence(String replica) {
        var sql = "UPDATE lease SET expires_at = clock_timestamp() WHERE owner = ?";
        postgres.database().update(sql, replica);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void a_round_is_two_statements_however_many_leases_there_are() {
        var keeper = new LeaseKeeper(leases, "one", clock);
        for (int i = 0; i < 50; i++) keeper.claim("work/" + i, () -> {});
        keeper.round();
        statements.set(0);
        keeper.round();
        assertEquals(2, statements.get());
        keeper.close();
        assertEquals(3, statements.get());
    }
}
