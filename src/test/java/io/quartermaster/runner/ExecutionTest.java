package io.quartermaster.runner;

import static io.quartermaster.runner.RunnerKit.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.RunKind;
import io.quartermaster.machine.Samples;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    private static final Duration TOOK = Duration.ofMillis(12);

    private final RunnerKit kit = new RunnerKit(step("first", "echo 1"), step("second", "echo 2"));

    private static End allChange(Work work, Journal journal) {
        for (Work.Task task : work.steps()) {
            journal.sending(task.index(), task.index());
            journal.finished(task.index(), task.attempt(), new StepResult.Changed(), TOOK);
        }
        return new End.Completed();
    }

    private static End crash(Work work, Journal journal) {
        throw new IllegalStateException("the daemon dies");
    }

    private Machine.Phase.Failed failure() {
        return (Machine.Phase.Failed) kit.live().phase();
    }

    @Test
    void a_run_whose_steps_are_done_makes_the_machine_ready() {
        kit.script(ExecutionTest::allChange).perform();
        assertEquals(List.of("first.1", "second.1"), kit.given());
        assertEquals(new MachineEvent.BecameReady(), kit.last());
    }

    @Test
    void the_work_carries_the_fence_of_its_claim() {
        kit.perform();
        assertEquals(11, kit.seen.fence());
        assertTrue(kit.events().contains(new MachineEvent.RunClaimed(1, 11, "r1")));
    }

    @Test
    void steps_that_are_finished_are_not_given_again() {
        kit.script(
                (work, journal) -> {
                    journal.finished(0, 1, new StepResult.Changed(), TOOK);
                    return crash(work, journal);
                });
        assertThrows(IllegalStateException.class, kit::perform);
        kit.now = kit.now.plusSeconds(60);
        kit.script(ExecutionTest::allChange).perform();
        assertEquals(List.of("second.1"), kit.given());
        assertEquals(Set.of("first"), kit.seen.changedBefore());
    }

    @Test
    void a_defect_is_a_pause_that_says_so_and_not_a_loop() {
        kit.script(ExecutionTest::crash);
        assertThrows(IllegalStateException.class, kit::perform);
        var waiting = (MachineEvent.RunWaiting) kit.last();
        assertEquals("daemon-defect", waiting.why().code());
        assertTrue(waiting.until().isAfter(kit.now.plusSeconds(20)));
    }

    @Test
    void what_is_nested_too_deeply_is_a_defect_as_well() {
        kit.script(
                (work, journal) -> {
                    throw new StackOverflowError();
                });
        assertThrows(IllegalStateException.class, kit::perform);
        assertEquals("daemon-defect", ((MachineEvent.RunWaiting) kit.last()).why().code());
    }

    @Test
    void what_an_interrupt_cuts_off_is_no_defect() {
        kit.script(
                (work, journal) -> {
                    Thread.currentThread().interrupt();
                    return crash(work, journal);
                });
        var thrown = assertThrows(IllegalStateException.class, kit::perform);
        assertInstanceOf(InterruptedException.class, thrown.getCause());
        assertInstanceOf(MachineEvent.RunClaimed.class, kit.last());
    }

    @Test
    void a_run_that_waits_is_not_performed_before_its_time() {
        kit.script(ExecutionTest::crash);
        assertThrows(IllegalStateException.class, kit::perform);
        assertThrows(RunLost.class, kit::perform);
        assertEquals(List.of(), kit.given());
    }

    @Test
    void a_step_whose_condition_does_not_hold_is_skipped_without_being_rendered() {
        var skipping =
                new RunnerKit(
                        step("gpu", "setup {host.vars.gpu}", "facts.os == 'plan9'", null),
                        step("rest", "true"));
        skipping.script(ExecutionTest::allChange).perform();
        assertEquals(List.of("rest.1"), skipping.given());
        assertEquals(new MachineEvent.BecameReady(), skipping.last());
        assertTrue(
                skipping.events().stream()
                        .anyMatch(
                                event ->
                                        event instanceof MachineEvent.StepFinished finished
                                                && finished.report().outcome()
                                                        == StepOutcome.SKIPPED));
    }

    @Test
    void a_run_with_nothing_to_do_is_completed_without_the_host() {
        var skipping = new RunnerKit(step("never", "true", "facts.cpus > 99", null));
        skipping.perform();
        assertEquals(List.of(), skipping.given());
        assertEquals(new MachineEvent.BecameReady(), skipping.last());
    }

    @Test
    void a_step_that_cannot_be_rendered_fails_the_run_for_a_person() {
        var broken = new RunnerKit(step("greet", "echo {nobody}"));
        broken.perform();
        var failed = (MachineEvent.Failed) broken.last();
        assertEquals("template-error", failed.failure().code());
        assertEquals(null, failed.retryAt());
        assertTrue(failed.failure().reason().contains("greet"));
    }

    @Test
    void cleaning_takes_back_what_has_an_undo_backwards_and_then_leaves_the_host() {
        var plan =
                new RunnerKit(
                        step("a", "true", null, "rm a"),
                        step("b", "true"),
                        step("c", "true", null, "rm c"));
        plan.script(ExecutionTest::allChange).perform();
        plan.toMachine(new MachineCommand.Release("done")).perform();
        assertEquals(List.of("c.1", "a.1", "leave the host.1"), plan.given());
        assertEquals(new MachineEvent.Released("h1", null), plan.last());
    }

    @Test
    void cleaning_does_not_need_the_texts_that_could_not_be_rendered() {
        var broken = new RunnerKit(step("greet", "echo {nobody}", null, "rm {machine.name}"));
        broken.perform();
        broken.toMachine(new MachineCommand.Release("broken"))
                .script(ExecutionTest::allChange)
                .perform();
        assertEquals("rm web-1", broken.seen.steps().getFirst().step().undo());
        assertEquals(new MachineEvent.Released("h1", null), broken.last());
    }

    @Test
    void a_quarantined_host_is_waited_for() {
        kit.toHost(new HostCommand.Quarantine("host-key-changed", "another key")).perform();
        assertEquals(List.of(), kit.given());
        assertEquals("host-quarantined", ((MachineEvent.RunWaiting) kit.last()).why().code());
    }

    @Test
    void a_host_that_stays_quarantined_fails_the_run_in_the_end() {
        kit.toHost(new HostCommand.Quarantine("host-key-changed", "another key")).perform();
        kit.now = kit.now.plus(Duration.ofMinutes(31));
        kit.perform();
        assertEquals("host-quarantined", failure().failure().code());
    }

    @Test
    void a_cancelled_run_of_which_nothing_was_sent_fails_without_the_host() {
        kit.script((work, journal) -> new End.Unreachable(Samples.BUSY, TOOK)).perform();
        kit.toMachine(new MachineCommand.Cancel(CancelMode.NOW, "stop")).perform();
        assertEquals(List.of(), kit.given());
        assertEquals("cancelled", failure().failure().code());
    }

    @Test
    void a_cancelled_run_that_may_be_at_work_is_stopped_on_the_host() {
        kit.script(
                        (work, journal) -> {
                            journal.sending(0, 1);
                            return new End.Unreachable(Samples.BUSY, TOOK);
                        })
                .perform();
        kit.toMachine(new MachineCommand.Cancel(CancelMode.NOW, "stop"))
                .script(
                        (work, journal) -> {
                            assertEquals(Journal.Wish.KILL, journal.wish());
                            return new End.Cancelled(0);
                        })
                .perform();
        assertEquals(List.of("first.1", "second.1"), kit.given());
        assertEquals("cancelled", failure().failure().code());
    }

    @Test
    void a_cancelled_run_does_not_wait_for_a_host_that_is_away() {
        kit.script(
                        (work, journal) -> {
                            journal.sending(0, 1);
                            return new End.Unreachable(Samples.BUSY, TOOK);
                        })
                .perform();
        kit.toMachine(new MachineCommand.Cancel(CancelMode.AFTER_STEP, "stop")).perform();
        assertEquals("cancelled", failure().failure().code());
        assertTrue(failure().failure().reason().contains("a lock is held"));
    }

    @Test
    void a_wish_is_passed_on_while_the_run_goes_on() {
        kit.script(
                        (work, journal) -> {
                            assertEquals(Journal.Wish.GO_ON, journal.wish());
                            kit.toMachine(new MachineCommand.Cancel(CancelMode.AFTER_STEP, "stop"));
                            kit.now = kit.now.plusSeconds(2);
                            assertEquals(Journal.Wish.STOP, journal.wish());
                            return new End.Cancelled(0);
                        })
                .perform();
        assertEquals("cancelled", failure().failure().code());
    }

    @Test
    void a_machine_that_is_released_meanwhile_is_lost_to_its_run() {
        kit.script(
                (work, journal) -> {
                    kit.toMachine(new MachineCommand.Release("done"));
                    return allChange(work, journal);
                });
        assertThrows(RunLost.class, kit::perform);
        assertEquals(new MachineEvent.RunRequested(2, RunKind.CLEAN), kit.last());
    }

    @Test
    void the_first_contact_pins_the_key() {
        kit.script(
                        (work, journal) -> {
                            journal.firstContact("h1", "ssh-ed25519 A");
                            return allChange(work, journal);
                        })
                .perform();
        assertEquals(new HostEvent.KeyPinned("ssh-ed25519 A"), kit.lastOfHost());
    }

    @Test
    void a_first_contact_that_another_was_faster_at_is_compared_next_time() {
        kit.script(
                (work, journal) -> {
                    kit.toHost(new HostCommand.PinKey("ssh-ed25519 B"));
                    journal.firstContact("h1", "ssh-ed25519 A");
                    return new End.Completed();
                });
        assertThrows(RunLost.class, kit::perform);
    }

    @Test
    void output_is_kept_with_its_secrets_masked() {
        var login = new RunnerKit(step("login", "login {secret:token}"));
        login.script(
                        (work, journal) -> {
                            journal.started(0, 1);
                            journal.output(0, "token is s3c");
                            journal.output(0, "r3t.");
                            return allChange(work, journal);
                        })
                .perform();
        assertEquals("0.1:token is ******.", String.join("", login.output));
        var command = (Step.Command) login.seen.steps().getFirst().step().step();
        assertEquals("login s3cr3t", command.apply());
        assertFalse(login.events().toString().contains("s3cr3t"));
    }
}
