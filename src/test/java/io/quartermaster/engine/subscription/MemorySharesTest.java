package io.quartermaster.engine.subscription;

import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;

class MemorySharesTest extends SharesContract {

    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.inMemory(clock);
    }
}
