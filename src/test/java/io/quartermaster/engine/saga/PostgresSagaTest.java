package io.quartermaster.engine.saga;

import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;

class PostgresSagaTest extends SagaContract {
    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.onPostgres();
    }
}
