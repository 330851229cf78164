package io.quartermaster.engine.subscription;

import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;

class PostgresSharesTest extends SharesContract {

    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.onPostgres();
    }
}
