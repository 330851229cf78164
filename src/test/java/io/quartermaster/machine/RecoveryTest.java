package io.quartermaster.machine;

import static io.quartermaster.machine.Samples.BUSY;
import static io.quartermaster.machine.Samples.HOPELESS;
import static io.quartermaster.machine.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Story;
import io.quartermaster.es.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final StreamId M1 = new StreamId(MachineDecider.STREAM, "web-1");

    private final Story<Recovery.Stateless> story = new Story<>(new Recovery());

    @Test
    void a_run_that_may_succeed_later_is_retried_at_its_time() {
        var failed = new MachineEvent.Failed(3, RunKind.PROVISION, BUSY, NOON);
        assertEquals(
                List.of(new Effect.Schedule("retry", NOON, M1, new MachineCommand.RetryRun(3))),
                story.on(M1, failed));
    }

    @Test
    void a_run_that_needs_a_person_is_left_alone() {
        assertEquals(
                List.of(),
                story.on(M1, new MachineEvent.Failed(3, RunKind.PROVISION, HOPELESS, null)));
    }

    @Test
    void the_retry_is_called_off_when_another_run_is_due() {
        assertEquals(
                List.of(new Effect.Cancel("retry")),
                story.on(M1, new MachineEvent.RunRequested(4, RunKind.CLEAN)));
    }

    @Test
    void the_retry_is_called_off_when_the_machine_is_gone() {
        assertEquals(
                List.of(new Effect.Cancel("retry")),
                story.on(M1, new MachineEvent.Released("h1", "host is gone")));
    }
}
