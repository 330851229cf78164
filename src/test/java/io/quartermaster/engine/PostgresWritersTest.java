package io.quartermaster.engine;

import io.quartermaster.engine.PostgresLog.Limits;
import org.junit.jupiter.api.AfterEach;

class PostgresWritersTest extends WritersContract {
    private final TestDatabase postgres = new TestDatabase();
    private final PostgresLog log =
            new PostgresLog(postgres.database(), Tally.codec(), Limits.ORDINARY, Meters.none());

    @Override
    EventLog log() {
        return log;
    }

    @AfterEach
    void close() {
        postgres.close();
    }
}
