package io.quartermaster.engine;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.quartermaster.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of its own behind a pool like the daemon's. */
public final class TestDatabase implements AutoCloseable {
    private final String url;
    private final AgroalDataSource pool;
    private final Database database;

    public TestDatabase() {
        url = TestPostgres.freshDatabaseUrl();
        var settings =
                new AgroalDataSourceConfigurationSupplier()
                        .metricsEnabled()
                        .connectionPoolConfiguration(
                                pool ->
                                        pool.maxSize(24)
                                                .exceptionSorter(new PostgreSQLExceptionSorter())
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

    /** Connections of their own to the same database, which no pool keeps. */
    public DataSource unpooled() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    @Override
    public void close() {
        pool.close();
    }
}
