package io.quartermaster.engine;

class MemoryDispatcherTest extends DispatcherContract {

    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.inMemory(clock);
    }
}
