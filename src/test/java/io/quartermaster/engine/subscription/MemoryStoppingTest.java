package io.quartermaster.engine.subscription;

import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;

class MemoryStoppingTest extends StoppingContract {
    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.inMemory(clock);
    }
}
