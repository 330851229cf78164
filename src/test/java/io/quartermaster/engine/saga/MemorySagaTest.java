package io.quartermaster.engine.saga;

import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;

class MemorySagaTest extends SagaContract {
    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.inMemory(clock);
    }
}
