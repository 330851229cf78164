package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.view.Database;
import io.quartermaster.view.Json;
import io.quartermaster.view.machine.RunLog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunLogRetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Duration KEPT = Duration.ofDays(3);

    private final RunLog log =
            new RunLog(new Database(TestPostgres.freshDatabase(), new Json(Domain.codec())));

    private void printed(String machine, Duration ago) {
        log.append(machine, 1, 0, NOW.minus(ago), "hello");
    }

    private boolean isKept(String machine) {
        return !log.read(machine, 1, 0, 1).isEmpty();
    }

    @Test
    void what_is_older_than_the_setting_is_forgotten_however_much_it_is_and_the_rest_is_kept() {
        for (int run = 0; run < 250; run++) printed("old-" + run, KEPT.plusSeconds(1));
        printed("young", KEPT.minusSeconds(1));

        new RunLogRetention(log, KEPT, () -> NOW).forget();

        assertTrue(isKept("young"));
        for (int run = 0; run < 250; run++) assertEquals(false, isKept("old-" + run));
    }

    @Test
    void a_time_so_short_that_it_must_be_a_mistake_is_refused() {
        var refused =
                assertThrows(
                        StartRefused.class, () -> RunLogRetention.check(Duration.ofSeconds(30)));
        assertEquals("invalid-setting", refused.code());
        RunLogRetention.check(Duration.ofHours(1));
    }
}
