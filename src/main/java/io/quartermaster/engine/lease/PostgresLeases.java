package io.quartermaster.engine.lease;

import io.quartermaster.engine.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Leases as rows, on the database's clock. */
public final class PostgresLeases implements Leases {
    private static final String ACQUIRE =
            """
            INSERT INTO lease (name, owner, epoch, expires_at)
            SELECT free.name, ?, nextval('lease_epoch'), clock_timestamp() + ?::interval
            FROM (
                SELECT wanted.name FROM unnest(?) AS wanted (name) LEFT JOIN lease USING (name)
                WHERE lease.name IS NULL OR lease.expires_at <= clock_timestamp()
                ORDER BY wanted.name LIMIT ?
            ) free
            ON CONFLICT (name) DO UPDATE
            SET owner = excluded.owner, epoch = nextval('lease_epoch'),
                expires_at = excluded.expires_at
            WHERE lease.expires_at <= clock_timestamp()
            RETURNING name, owner, epoch""";
    private static final String RENEW =
            """
            UPDATE lease SET expires_at = clock_timestamp() + ?::interval
            FROM unnest(?, ?::bigint[]) AS own (name, epoch)
            WHERE lease.name = own.name AND lease.epoch = own.epoch
              AND lease.expires_at > clock_timestamp()
            RETURNING lease.name, lease.owner, lease.epoch""";
    private static final String RELEASE =
            """
            DELETE FROM lease USING unnest(?, ?::bigint[]) AS own (name, epoch)
            WHERE lease.name = own.name AND lease.epoch = own.epoch""";

    private final Database database;

    public PostgresLeases(Database database) {
        this.database = database;
    }

    @Override
    public List<Lease> acquireAny(List<String> names, String owner, Duration ttl, int max) {
        var wanted = names.toArray(String[]::new);
        return database.query(ACQUIRE, PostgresLeases::lease, owner, ttl.toString(), wanted, max);
    }

    @Override
    public List<Lease> renew(List<Lease> leases, Duration ttl) {
        if (leases.isEmpty()) return List.of();
        return database.query(
                RENEW, PostgresLeases::lease, ttl.toString(), names(leases), epochs(leases));
    }

    @Override
    public void release(List<Lease> leases) {
        if (!leases.isEmpty()) database.update(RELEASE, names(leases), epochs(leases));
    }

    private static String[] names(List<Lease> leases) {
        return leases.stream().map(Lease::name).toArray(String[]::new);
    }

    private static String[] epochs(List<Lease> leases) {
        return leases.stream().map(each -> Long.toString(each.epoch())).toArray(String[]::new);
    }

    @Override
    public List<Lease> held() {
        return database.query(
                "SELECT name, owner, epoch FROM lease WHERE expires_at > clock_timestamp()"
                        + " ORDER BY name",
                PostgresLeases::lease);
    }

    private static Lease lease(ResultSet row) throws SQLException {
        return new Lease(row.getString(1), row.getString(2), row.getLong(3));
    }
}
