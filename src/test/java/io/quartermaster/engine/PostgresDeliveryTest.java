package io.quartermaster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Storm.Fate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** With rolled back and slow transactions, and with server processes killed under them. */
class PostgresDeliveryTest extends DeliveryContract {
    private final TestDatabase postgres = new TestDatabase();
    private final Storm storm = new Storm(postgres.unpooled(), 7);
    private final List<TestEngine> processes = List.of(stormy(), stormy());

    private TestEngine stormy() {
        return new PostgresEngine(storm.over(postgres.pool()), () -> {});
    }

    @BeforeEach
    void makeNotes() {
        PostgresEngine.makeNotes(postgres.database());
    }

    @Override
    TestEngine process(int number) {
        return processes.get(number);
    }

    @AfterEach
    void close() {
        try {
            for (var fate : Fate.values()) {
                assertTrue(storm.count(fate) > 3, fate + " came " + storm.count(fate) + " times");
            }
            assertEquals(0, postgres.pool().getMetrics().activeCount(), "connections leak");
        } finally {
            postgres.close();
        }
    }
}
