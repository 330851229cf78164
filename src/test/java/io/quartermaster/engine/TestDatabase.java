package io.quartermaster.engine;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quartermaster.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;

/** A migrated database of its own behind a pool like the daemon's. */
public final class TestDatabase implements AutoCloseable {
    private final AgroalDataSource pool;
    private final Database database;

    public TestDatabase() {
        var url = TestPostgres.freshDatabaseUrl();
        var settings =
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(
                                pool ->
                                        pool.maxSize(24)
                                                .acquisitionTimeout(Duration.ofSeconds(30))
                                                .connectionFactoryConfiguration(
                                                        to -> to.jdbcUrl(url)));
        try {
            pool = AgroalDataSource.from(settings);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        database = new Database(pool);
    }

    public Database database() {
        return database;
    }

    public AgroalDataSource pool() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
