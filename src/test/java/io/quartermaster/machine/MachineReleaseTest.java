package io.quartermaster.machine;

import static io.quartermaster.machine.Given.allocated;
import static io.quartermaster.machine.Given.cleaning;
import static io.quartermaster.machine.Given.failed;
import static io.quartermaster.machine.Given.live;
import static io.quartermaster.machine.Given.provisioning;
import static io.quartermaster.machine.Given.ready;
import static io.quartermaster.machine.Given.released;
import static io.quartermaster.machine.Given.releasing;
import static io.quartermaster.machine.Given.requested;
import static io.quartermaster.machine.Samples.BUSY;
import static io.quartermaster.machine.Samples.HOPELESS;
import static io.quartermaster.machine.Samples.NOON;
import static io.quartermaster.machine.Samples.spec;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineCommand.ClaimRun;
import io.quartermaster.machine.MachineCommand.CompleteRun;
import io.quartermaster.machine.MachineCommand.FailRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineReleaseTest {

    @Test
    void a_machine_without_a_host_is_released_at_once() {
        requested()
                .when(new MachineCommand.Release("done"))
                .then(
                        new MachineEvent.ReleaseStarted("done"),
                        new MachineEvent.Released(null, null));
    }

    @Test
    void a_ready_machine_is_cleaned_before_it_is_released() {
        ready().when(new MachineCommand.Release("done"))
                .then(
                        new MachineEvent.ReleaseStarted("done"),
                        new MachineEvent.RunRequested(2, RunKind.CLEAN));
    }

    @Test
    void a_run_under_way_gives_way_to_cleaning() {
        provisioning()
                .when(new MachineCommand.Release("done"))
                .then(
                        new MachineEvent.ReleaseStarted("done"),
                        new MachineEvent.RunRequested(2, RunKind.CLEAN));
    }

    @Test
    void a_failed_machine_is_cleaned_before_it_is_released() {
        failed().when(new MachineCommand.Release("done"))
                .then(
                        new MachineEvent.ReleaseStarted("done"),
                        new MachineEvent.RunRequested(2, RunKind.CLEAN));
    }

    @Test
    void releasing_twice_is_releasing_once() {
        releasing().when(new MachineCommand.Release("again")).then();
    }

    @Test
    void releasing_again_after_cleaning_failed_cleans_again() {
        cleaning()
                .after(new FailRun(2, 9, HOPELESS, NOON))
                .when(new MachineCommand.Release("again"))
                .then(new MachineEvent.RunRequested(3, RunKind.CLEAN));
    }

    @Test
    void a_cleaned_machine_is_released_with_its_host() {
        cleaning()
                .when(new CompleteRun(2, 9))
                .then(
                        new MachineEvent.RunCompleted(2, RunKind.CLEAN),
                        new MachineEvent.Released("h1", null));
    }

    @Test
    void a_released_machine_may_be_released_again() {
        released().when(new MachineCommand.Release("again")).then();
    }

    @Test
    void a_released_machine_does_not_come_back() {
        released().when(new MachineCommand.Request(spec())).thenRejected("machine-released");
    }

    @Test
    void a_release_that_does_not_end_can_be_forced() {
        cleaning()
                .when(new MachineCommand.ForceRelease("host is gone"))
                .then(new MachineEvent.Released("h1", "host is gone"));
    }

    @Test
    void a_failed_cleaning_can_be_forced() {
        cleaning()
                .after(new FailRun(2, 9, HOPELESS, NOON))
                .when(new MachineCommand.ForceRelease("host is gone"))
                .then(new MachineEvent.Released("h1", "host is gone"));
    }

    @Test
    void only_a_release_that_was_started_can_be_forced() {
        for (var scenario : List.of(requested(), allocated(), provisioning(), ready(), failed())) {
            scenario.when(new MachineCommand.ForceRelease("x")).thenRejected("release-not-started");
        }
    }

    @Test
    void cleaning_is_retried_however_often_provisioning_failed() {
        var scenario = allocated();
        for (int run = 1; run <= MachineDecider.AUTOMATIC_RUNS; run++) {
            scenario.after(new ClaimRun(run, run, "r1", NOON), new FailRun(run, run, BUSY, NOON));
            scenario.after(new MachineCommand.RetryRun(run));
        }
        scenario.after(
                new MachineCommand.Release("done"),
                new ClaimRun(8, 20, "r1", NOON),
                new FailRun(8, 20, BUSY, NOON));
        assertTrue(((Machine.Phase.Failed) live(scenario).phase()).retryAt() != null);
    }
}
