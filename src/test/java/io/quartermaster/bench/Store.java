package io.quartermaster.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quartermaster.app.Domain;
import io.quartermaster.app.DurablePostgres;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.Meters;
import io.quartermaster.engine.PostgresLog;
import io.quartermaster.engine.PostgresLog.Limits;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of its own with a log in it, behind a pool like the daemon's. */
record Store(AgroalDataSource pool, Database database, PostgresLog log) implements AutoCloseable {
    private static final int POOL = 20;

    static Store fresh(DurablePostgres postgres, String name) throws SQLException {
        create(postgres, name);
        var pool = pool(postgres, name);
        Flyway.configure().dataSource(pool).load().migrate();
        var database = new Database(pool);
        var log = new PostgresLog(database, Domain.codec(), Limits.ORDINARY, Meters.none());
        return new Store(pool, database, log);
    }

    static void create(DurablePostgres postgres, String name) {
        new Database(source(postgres, "postgres")).update("CREATE DATABASE " + name);
    }

    /** Opens a connection each time. */
    static PGSimpleDataSource source(DurablePostgres postgres, String database) {
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.jdbcUrl(database));
        source.setUser(DurablePostgres.USER);
        source.setPassword(postgres.password());
        return source;
    }

    private static AgroalDataSource pool(DurablePostgres postgres, String database)
            throws SQLException {
        var settings = new AgroalConnectionPoolConfigurationSupplier();
        settings.maxSize(POOL).acquisitionTimeout(Duration.ofSeconds(30));
        settings.connectionFactoryConfiguration()
                .jdbcUrl(postgres.jdbcUrl(database))
                .principal(new NamePrincipal(DurablePostgres.USER))
                .credential(new SimplePassword(postgres.password()));
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(settings));
    }

    @Override
    public void close() {
        pool.close();
    }
}
