package io.quartermaster.engine;

class MemoryDeliveryTest extends DeliveryContract {
    private final TestEngine engine = TestEngine.inMemory(new TickingClock());

    @Override
    TestEngine process(int number) {
        return engine;
    }
}
