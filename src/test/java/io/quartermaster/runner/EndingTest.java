package io.quartermaster.runner;

import static io.quartermaster.runner.RunnerKit.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.Samples;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingTest {

    private static final Duration TOOK = Duration.ofMillis(12);

    private final RunnerKit kit = new RunnerKit(step("first", "login {secret:token}"));

    private static End fails(Work work, Journal journal, Failure failure) {
        Work.Task task = work.steps().getFirst();
        var result = new StepResult.Failed(failure);
        journal.sending(task.index(), work.steps().getLast().index());
        journal.finished(task.index(), task.attempt(), result, TOOK);
        return new End.Stopped(task.index(), result);
    }

    private static End busy(Work work, Journal journal) {
        return fails(work, journal, Samples.BUSY);
    }

    private MachineEvent.RunWaiting waiting() {
        return (MachineEvent.RunWaiting) kit.last();
    }

    private Failure failure() {
        return ((Machine.Phase.Failed) kit.live().phase()).failure();
    }

    @Test
    void a_step_that_may_succeed_is_tried_again_after_a_growing_pause() {
        kit.script(EndingTest::busy).perform();
        assertEquals(kit.now.plusSeconds(4), waiting().until());
        kit.now = waiting().until();
        kit.perform();
        assertEquals(List.of("first.2"), kit.given());
        assertEquals(kit.now.plusSeconds(8), waiting().until());
    }

    @Test
    void a_step_out_of_retries_fails_the_run() {
        kit.script(EndingTest::busy);
        for (int attempt = 1; attempt <= 3; attempt++) {
            kit.perform();
            kit.now = kit.now.plusSeconds(60);
        }
        assertEquals("step-failed", failure().code());
        assertTrue(failure().reason().startsWith("step 'first': "));
    }

    @Test
    void a_step_that_cannot_succeed_is_not_tried_again() {
        kit.script((work, journal) -> fails(work, journal, Samples.HOPELESS)).perform();
        assertEquals("bad-password", failure().code());
    }

    @Test
    void a_failed_attempt_and_what_follows_are_recorded_together() {
        kit.script(
                (work, journal) -> {
                    busy(work, journal);
                    throw new DaemonDies();
                });
        assertThrows(DaemonDies.class, kit::perform);
        assertFalse(kit.events().stream().anyMatch(MachineEvent.StepFinished.class::isInstance));
        kit.script(EndingTest::busy).perform();
        assertEquals(List.of("first.1"), kit.given());
        var lastTwo = kit.events().subList(kit.events().size() - 2, kit.events().size());
        var finished = (MachineEvent.StepFinished) lastTwo.getFirst();
        assertEquals(StepOutcome.FAILED, finished.report().outcome());
        assertTrue(lastTwo.getLast() instanceof MachineEvent.RunWaiting);
    }

    private static final class DaemonDies extends Error {}

    @Test
    void secrets_that_a_failure_quotes_are_masked() {
        var quoting = new Failure("x", "s3cr3t was refused", "try s3cr3t", Failure.Retry.POINTLESS);
        kit.script((work, journal) -> fails(work, journal, quoting)).perform();
        assertFalse(kit.events().toString().contains("s3cr3t"));
        assertTrue(failure().reason().contains("****** was refused"));
    }

    @Test
    void secrets_that_a_pause_quotes_are_masked() {
        var pending = new StepResult.Pending(Duration.ofSeconds(7), "no answer from s3cr3t");
        kit.script((work, journal) -> new End.Stopped(0, pending)).perform();
        assertEquals("step 'first': no answer from ******", waiting().why().reason());
    }

    @Test
    void what_takes_its_time_is_looked_at_again_and_is_no_failure() {
        var pending = new StepResult.Pending(Duration.ofSeconds(7), "not yet");
        kit.script((work, journal) -> new End.Stopped(0, pending)).perform();
        assertEquals(kit.now.plusSeconds(7), waiting().until());
        kit.now = waiting().until();
        kit.perform();
        assertEquals(List.of("first.1"), kit.given());
    }

    @Test
    void what_takes_too_long_fails_the_run() {
        var pending = new StepResult.Pending(Duration.ofSeconds(7), "not yet");
        kit.script((work, journal) -> new End.Stopped(0, pending)).perform();
        kit.now = kit.now.plus(Duration.ofMinutes(6));
        kit.perform();
        assertEquals("step-timeout", failure().code());
    }

    @Test
    void a_host_that_is_away_is_tried_again_ever_more_rarely() {
        kit.script((work, journal) -> new End.Unreachable(Samples.BUSY, Duration.ZERO)).perform();
        long before = 0;
        for (int i = 0; i < 5; i++) {
            long pause = Duration.between(kit.now, waiting().until()).toSeconds();
            assertTrue(pause > before, "pause " + pause);
            before = pause;
            kit.now = waiting().until();
            kit.perform();
        }
    }

    @Test
    void a_host_that_says_when_is_not_tried_earlier() {
        kit.script((work, journal) -> new End.Unreachable(Samples.BUSY, Duration.ofMinutes(1)))
                .perform();
        assertEquals(kit.now.plusSeconds(60), waiting().until());
    }

    @Test
    void a_host_that_stays_away_fails_the_run_and_says_when_it_is_tried_again() {
        kit.script((work, journal) -> new End.Unreachable(Samples.BUSY, Duration.ZERO)).perform();
        kit.now = kit.now.plus(Duration.ofMinutes(31));
        kit.perform();
        assertTrue(((Machine.Phase.Failed) kit.live().phase()).retryAt() != null);
    }

    @Test
    void a_host_that_lets_nobody_in_fails_the_run_at_once() {
        kit.script((work, journal) -> new End.Unreachable(Samples.HOPELESS, Duration.ZERO))
                .perform();
        assertEquals("bad-password", failure().code());
    }

    @Test
    void another_key_than_the_pinned_one_quarantines_the_host_and_waits_for_a_person() {
        kit.script((work, journal) -> new End.KeyMismatch("h1", "ssh-ed25519 B")).perform();
        assertEquals("host-key-changed", waiting().why().code());
        assertEquals("host-key-changed", ((HostEvent.Quarantined) kit.lastOfHost()).code());
    }

    @Test
    void a_claim_that_the_host_refuses_is_void() {
        kit.script((work, journal) -> new End.Fenced(99));
        assertThrows(RunLost.class, kit::perform);
        assertTrue(kit.last() instanceof MachineEvent.RunClaimed);
    }

    @Test
    void a_stop_that_was_wished_for_fails_the_run_as_cancelled() {
        kit.script((work, journal) -> new End.Cancelled(0)).perform();
        assertEquals("cancelled", failure().code());
    }

    @Test
    void an_executor_that_stops_at_a_good_step_is_a_defect() {
        kit.script((work, journal) -> new End.Stopped(0, new StepResult.Changed()));
        assertThrows(IllegalStateException.class, kit::perform);
        assertEquals("daemon-defect", waiting().why().code());
    }
}
