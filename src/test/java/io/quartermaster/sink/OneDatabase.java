package io.quartermaster.sink;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quartermaster.TestPostgres;
import io.quartermaster.engine.Database;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One database for all tests of sinks, one after the other, with a pool as the daemon has. */
final class OneDatabase {
    private static final DataSource POOL = pool();

    private OneDatabase() {}

    static DataSource emptied() {
        new Database(POOL)
                .update(
                        "TRUNCATE usage_slice, sink_state, sink_dead_letter, sink_decision RESTART IDENTITY");
        return POOL;
    }

    private static DataSource pool() {
        var url = TestPostgres.freshDatabaseUrl();
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier()
                            .connectionPoolConfiguration(
                                    pool ->
                                            pool.maxSize(8)
                                                    .connectionFactoryConfiguration(
                                                            factory -> factory.jdbcUrl(url))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
