package io.quartermaster.machine;

import static io.quartermaster.machine.Given.allocated;
import static io.quartermaster.machine.Given.cleaning;
import static io.quartermaster.machine.Given.failed;
import static io.quartermaster.machine.Given.live;
import static io.quartermaster.machine.Given.none;
import static io.quartermaster.machine.Given.provisioning;
import static io.quartermaster.machine.Given.ready;
import static io.quartermaster.machine.Given.released;
import static io.quartermaster.machine.Given.requested;
import static io.quartermaster.machine.Samples.BUSY;
import static io.quartermaster.machine.Samples.HOPELESS;
import static io.quartermaster.machine.Samples.NOON;
import static io.quartermaster.machine.Samples.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.MachineCommand.ClaimRun;
import io.quartermaster.machine.MachineCommand.FailRun;
import org.junit.jupiter.api.Test;

class MachineDeciderTest {

    @Test
    void a_machine_is_requested_once() {
        requested().when(new MachineCommand.Request(spec())).then();
    }

    @Test
    void nothing_can_be_asked_of_a_machine_that_was_never_requested() {
        none().when(new MachineCommand.Repair()).thenRejected("machine-unknown");
    }

    @Test
    void a_host_starts_the_first_run() {
        requested()
                .when(new MachineCommand.Allocate("h1"))
                .then(
                        new MachineEvent.Allocated("h1"),
                        new MachineEvent.RunRequested(1, RunKind.PROVISION));
    }

    @Test
    void its_own_host_is_given_to_it_once() {
        allocated().when(new MachineCommand.Allocate("h1")).then();
    }

    @Test
    void a_second_host_is_declined() {
        allocated()
                .when(new MachineCommand.Allocate("h2"))
                .then(new MachineEvent.HostDeclined("h2"));
    }

    @Test
    void a_host_for_a_released_machine_is_declined() {
        released()
                .when(new MachineCommand.Allocate("h2"))
                .then(new MachineEvent.HostDeclined("h2"));
    }

    @Test
    void a_ready_machine_is_repaired_by_a_run_of_the_same_plan() {
        ready().when(new MachineCommand.Repair())
                .then(new MachineEvent.RunRequested(2, RunKind.REPAIR));
    }

    @Test
    void a_repair_that_is_under_way_is_not_asked_for_twice() {
        ready().after(new MachineCommand.Repair()).when(new MachineCommand.Repair()).then();
    }

    @Test
    void a_machine_that_is_being_made_is_not_repaired() {
        provisioning().when(new MachineCommand.Repair()).thenRejected("machine-not-ready");
    }

    @Test
    void a_failed_machine_is_retried_rather_than_repaired() {
        failed().when(new MachineCommand.Repair()).thenRejected("machine-failed");
    }

    @Test
    void a_ready_machine_is_brought_to_another_specification_by_a_run() {
        ready().when(new MachineCommand.Update(spec(2)))
                .then(
                        new MachineEvent.SpecChanged(spec(2)),
                        new MachineEvent.RunRequested(2, RunKind.UPDATE));
    }

    @Test
    void a_machine_without_a_host_takes_another_specification_and_waits_on() {
        requested()
                .when(new MachineCommand.Update(spec(2)))
                .then(new MachineEvent.SpecChanged(spec(2)));
    }

    @Test
    void a_failed_machine_is_made_anew_by_its_other_specification() {
        failed().when(new MachineCommand.Update(spec(2)))
                .then(
                        new MachineEvent.SpecChanged(spec(2)),
                        new MachineEvent.RunRequested(2, RunKind.PROVISION));
    }

    @Test
    void a_run_under_way_is_given_up_for_one_that_knows_the_new_specification() {
        provisioning()
                .when(new MachineCommand.Update(spec(2)))
                .then(
                        new MachineEvent.SpecChanged(spec(2)),
                        new MachineEvent.RunRequested(2, RunKind.PROVISION));
    }

    @Test
    void a_machine_that_goes_is_not_updated() {
        cleaning().when(new MachineCommand.Update(spec(2))).thenRejected("machine-not-ready");
    }

    @Test
    void what_failed_is_retried_as_a_new_run_of_the_same_kind() {
        failed().when(new MachineCommand.Retry())
                .then(new MachineEvent.RunRequested(2, RunKind.PROVISION));
    }

    @Test
    void only_what_failed_can_be_retried() {
        ready().when(new MachineCommand.Retry()).thenRejected("machine-not-failed");
    }

    @Test
    void the_clock_retries_the_run_it_was_set_for() {
        failed().when(new MachineCommand.RetryRun(1))
                .then(new MachineEvent.RunRequested(2, RunKind.PROVISION));
    }

    @Test
    void the_clock_comes_too_late_when_a_person_was_faster() {
        failed().after(new MachineCommand.Retry())
                .after(new ClaimRun(2, 8, "r1", NOON), new FailRun(2, 8, HOPELESS, NOON))
                .when(new MachineCommand.RetryRun(1))
                .then();
    }

    @Test
    void a_run_that_nobody_took_is_cancelled_at_once() {
        var events =
                allocated().when(new MachineCommand.Cancel(CancelMode.NOW, "wrong plan")).events();
        var failure = ((MachineEvent.Failed) events.getFirst()).failure();
        assertEquals("cancelled", failure.code());
        assertTrue(failure.reason().contains("wrong plan"));
    }

    @Test
    void a_run_under_way_is_asked_to_stop() {
        provisioning()
                .when(new MachineCommand.Cancel(CancelMode.AFTER_STEP, "wrong plan"))
                .then(new MachineEvent.CancelRequested(1, CancelMode.AFTER_STEP, "wrong plan"));
    }

    @Test
    void who_is_in_a_hurry_may_cancel_harder() {
        provisioning()
                .after(new MachineCommand.Cancel(CancelMode.AFTER_STEP, "wrong plan"))
                .when(new MachineCommand.Cancel(CancelMode.NOW, "hurry"))
                .then(new MachineEvent.CancelRequested(1, CancelMode.NOW, "hurry"));
    }

    @Test
    void a_cancellation_is_not_softened() {
        provisioning()
                .after(new MachineCommand.Cancel(CancelMode.NOW, "hurry"))
                .when(new MachineCommand.Cancel(CancelMode.AFTER_STEP, "never mind"))
                .then();
    }

    @Test
    void a_ready_machine_has_nothing_to_cancel() {
        ready().when(new MachineCommand.Cancel(CancelMode.NOW, "x"))
                .thenRejected("nothing-to-cancel");
    }

    @Test
    void cleaning_is_not_cancelled() {
        cleaning()
                .when(new MachineCommand.Cancel(CancelMode.NOW, "x"))
                .thenRejected("nothing-to-cancel");
    }

    @Test
    void what_can_succeed_later_is_retried_with_growing_pauses_and_then_left_to_a_person() {
        var scenario = allocated();
        long before = 0;
        for (int run = 1; run <= MachineDecider.AUTOMATIC_RUNS; run++) {
            scenario.after(new ClaimRun(run, run, "r1", NOON), new FailRun(run, run, BUSY, NOON));
            var failed = (Machine.Phase.Failed) live(scenario).phase();
            if (run == MachineDecider.AUTOMATIC_RUNS) {
                assertEquals(null, failed.retryAt());
            } else {
                long pause = failed.retryAt().getEpochSecond() - NOON.getEpochSecond();
                assertTrue(pause > before, "run " + run + " pauses " + pause + " s");
                before = pause;
                scenario.after(new MachineCommand.RetryRun(run));
            }
        }
    }

    @Test
    void what_cannot_succeed_is_not_retried_by_itself() {
        var failed = (Machine.Phase.Failed) live(failed()).phase();
        assertEquals(null, failed.retryAt());
    }

    @Test
    void what_fails_together_is_retried_apart() {
        var first = MachineDecider.retryAt(BUSY, 0, NOON.plusMillis(1));
        var second = MachineDecider.retryAt(BUSY, 0, NOON.plusMillis(2));
        assertTrue(first.plusMillis(10).isBefore(second) || second.plusMillis(10).isBefore(first));
    }
}
