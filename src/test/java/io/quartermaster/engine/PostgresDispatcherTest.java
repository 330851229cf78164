package io.quartermaster.engine;

class PostgresDispatcherTest extends DispatcherContract {

    @Override
    TestEngine engine(TickingClock clock) {
        return TestEngine.onPostgres();
    }
}
