package io.quartermaster.machine;

import static io.quartermaster.es.Scenario.given;
import static io.quartermaster.machine.Samples.BUSY;
import static io.quartermaster.machine.Samples.NOON;
import static io.quartermaster.machine.Samples.report;
import static io.quartermaster.machine.Samples.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Scenario;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.MachineCommand.ClaimRun;
import io.quartermaster.machine.MachineCommand.CompleteRun;
import io.quartermaster.machine.MachineCommand.FailRun;
import io.quartermaster.machine.MachineCommand.FinishStep;
import io.quartermaster.machine.MachineCommand.Report;
import io.quartermaster.machine.MachineCommand.SendSteps;
import io.quartermaster.machine.MachineCommand.WaitRun;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunReportsTest {

    private static Scenario<MachineCommand, Machine, MachineEvent> due() {
        return given(new MachineDecider())
                .after(new MachineCommand.Request(spec()), new MachineCommand.Allocate("h1"));
    }

    private static Scenario<MachineCommand, Machine, MachineEvent> claimed() {
        return due().after(new ClaimRun(1, 7, "r1", NOON));
    }

    private static Scenario<MachineCommand, Machine, MachineEvent> waiting() {
        return claimed().after(new WaitRun(1, 7, BUSY, NOON, NOON.plusSeconds(60)));
    }

    private static Run run(Scenario<MachineCommand, Machine, MachineEvent> scenario) {
        return ((Machine.Phase.Working) ((Machine.Live) scenario.state()).phase()).run();
    }

    /** Everything a runner can say under a claim, but the claim itself. */
    private static List<Report> reports(int run, long fence) {
        return List.of(
                new SendSteps(run, fence, 0, 1),
                new FinishStep(run, fence, report(0, 1, StepOutcome.CHANGED)),
                new WaitRun(run, fence, BUSY, NOON, NOON.plusSeconds(5)),
                new CompleteRun(run, fence),
                new FailRun(run, fence, BUSY, NOON));
    }

    @Test
    void a_due_run_is_claimed() {
        due().when(new ClaimRun(1, 7, "r1", NOON)).then(new MachineEvent.RunClaimed(1, 7, "r1"));
    }

    @Test
    void a_newer_claim_takes_the_run_over() {
        claimed()
                .when(new ClaimRun(1, 8, "r2", NOON))
                .then(new MachineEvent.RunClaimed(1, 8, "r2"));
    }

    @Test
    void an_older_claim_is_stale() {
        claimed().when(new ClaimRun(1, 6, "r2", NOON)).thenRejected("stale-fence");
    }

    @Test
    void the_same_claim_counts_once() {
        claimed().when(new ClaimRun(1, 7, "r1", NOON)).then();
    }

    @Test
    void a_run_that_is_over_is_not_claimed() {
        claimed()
                .after(new CompleteRun(1, 7))
                .when(new ClaimRun(1, 8, "r2", NOON))
                .thenRejected("stale-run");
    }

    @Test
    void a_run_that_waits_is_not_claimed_before_its_time() {
        waiting().when(new ClaimRun(1, 8, "r2", NOON.plusSeconds(59))).thenRejected("run-waits");
    }

    @Test
    void a_run_that_waited_is_claimed_when_its_time_has_come() {
        waiting()
                .when(new ClaimRun(1, 8, "r2", NOON.plusSeconds(60)))
                .then(new MachineEvent.RunClaimed(1, 8, "r2"));
    }

    @Test
    void a_run_that_is_to_be_cancelled_is_claimed_although_it_waits() {
        waiting()
                .after(new MachineCommand.Cancel(CancelMode.NOW, "wrong plan"))
                .when(new ClaimRun(1, 8, "r2", NOON.plusSeconds(1)))
                .then(new MachineEvent.RunClaimed(1, 8, "r2"));
    }

    @Test
    void nothing_is_taken_from_a_claim_that_was_replaced() {
        for (Report stale : reports(1, 7)) {
            claimed().after(new ClaimRun(1, 8, "r2", NOON)).when(stale).thenRejected("stale-fence");
        }
    }

    @Test
    void nothing_is_taken_for_a_run_that_was_replaced() {
        for (Report stale : reports(1, 7)) {
            claimed()
                    .after(new MachineCommand.Release("done"))
                    .when(stale)
                    .thenRejected("stale-run");
        }
    }

    @Test
    void nothing_is_taken_for_a_run_that_nobody_claimed() {
        for (Report early : reports(1, 7)) {
            due().when(early).thenRejected("stale-fence");
        }
    }

    @Test
    void nothing_is_taken_for_a_released_machine() {
        for (Report late : reports(2, 9)) {
            claimed()
                    .after(
                            new MachineCommand.Release("done"),
                            new ClaimRun(2, 9, "r1", NOON),
                            new CompleteRun(2, 9))
                    .when(late)
                    .thenRejected("machine-released");
        }
    }

    @Test
    void steps_that_were_sent_are_recorded_once() {
        claimed().after(new SendSteps(1, 7, 0, 3)).when(new SendSteps(1, 7, 2, 3)).then();
    }

    @Test
    void steps_beyond_those_sent_are_recorded() {
        claimed()
                .after(new SendSteps(1, 7, 0, 3))
                .when(new SendSteps(1, 7, 4, 5))
                .then(new MachineEvent.StepsSent(1, 4, 5));
    }

    @Test
    void a_finished_step_is_recorded_once() {
        claimed()
                .after(new FinishStep(1, 7, report(0, 1, StepOutcome.CHANGED)))
                .when(new FinishStep(1, 7, report(0, 1, StepOutcome.CHANGED)))
                .then();
    }

    @Test
    void a_finished_step_stays_finished_for_the_claim_that_takes_over() {
        claimed()
                .after(new FinishStep(1, 7, report(0, 1, StepOutcome.CHANGED)))
                .after(new ClaimRun(1, 8, "r2", NOON))
                .when(new FinishStep(1, 8, report(0, 2, StepOutcome.FAILED)))
                .then();
    }

    @Test
    void a_failed_attempt_is_recorded_once() {
        claimed()
                .after(new FinishStep(1, 7, report(0, 1, StepOutcome.FAILED)))
                .when(new FinishStep(1, 7, report(0, 1, StepOutcome.FAILED)))
                .then();
    }

    @Test
    void the_next_attempt_is_recorded_again() {
        var second = report(0, 2, StepOutcome.FAILED);
        claimed()
                .after(new FinishStep(1, 7, report(0, 1, StepOutcome.FAILED)))
                .when(new FinishStep(1, 7, second))
                .then(new MachineEvent.StepFinished(1, second));
    }

    @Test
    void failed_attempts_are_counted_until_the_step_succeeds() {
        var scenario = claimed().after(new FinishStep(1, 7, report(0, 1, StepOutcome.FAILED)));
        assertEquals(1, run(scenario).progress().failures());
        scenario.after(new FinishStep(1, 7, report(0, 2, StepOutcome.CHANGED)));
        assertEquals(
                new Run.Progress(Set.of(0), Set.of("step 0"), -1, 0), run(scenario).progress());
    }

    @Test
    void pauses_without_progress_are_one_wait() {
        var scenario =
                waiting()
                        .after(new ClaimRun(1, 8, "r2", NOON.plusSeconds(60)))
                        .after(new WaitRun(1, 8, BUSY, NOON.plusSeconds(61), NOON.plusSeconds(90)));
        assertEquals(new Run.Wait(NOON, NOON.plusSeconds(90), 2), run(scenario).pause());
    }

    @Test
    void a_finished_step_ends_the_wait() {
        var scenario =
                waiting()
                        .after(new ClaimRun(1, 8, "r2", NOON.plusSeconds(60)))
                        .after(new FinishStep(1, 8, report(0, 1, StepOutcome.CHANGED)));
        assertEquals(null, run(scenario).pause());
    }

    @Test
    void a_completed_run_makes_the_machine_ready() {
        claimed()
                .when(new CompleteRun(1, 7))
                .then(
                        new MachineEvent.RunCompleted(1, RunKind.PROVISION),
                        new MachineEvent.BecameReady());
    }

    @Test
    void a_failed_run_says_when_it_is_tried_again() {
        claimed()
                .when(new FailRun(1, 7, BUSY, NOON))
                .then(
                        new MachineEvent.Failed(
                                1, RunKind.PROVISION, BUSY, MachineDecider.retryAt(BUSY, 0, NOON)));
    }

    @Test
    void a_good_run_forgives_those_that_failed() {
        var scenario =
                claimed()
                        .after(new FailRun(1, 7, BUSY, NOON), new MachineCommand.Retry())
                        .after(new ClaimRun(2, 8, "r1", NOON), new CompleteRun(2, 8));
        assertEquals(0, ((Machine.Live) scenario.state()).failures());
    }
}
