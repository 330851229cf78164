package io.quartermaster.ssh;

import static io.quartermaster.ssh.Works.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepExecutor.Inspection;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Harm that only real hosts can come to: power, network, disk and keys. */
@Tag("fleet")
class FleetHarmTest {
    private static final Step LONG =
            command(
                    null,
                    "echo begun; until [ -e /srv/go ]; do sleep 0.1; done; echo x >>/srv/count");

    @TempDir static Path directory;

    private static Fleet fleet;
    private static int fence;

    @BeforeAll
    static void up() throws Exception {
        fleet = Fleet.up(4, directory);
    }

    @AfterAll
    static void down() throws Exception {
        if (fleet != null) {
            fleet.run("down");
        }
    }

    @Test
    void a_restart_ends_with_a_new_boot() throws Exception {
        Step.Reboot reboot = new Step.Reboot(List.of());
        String before = fleet.on(3, "cut -d' ' -f22 /proc/1/stat");
        RecordingJournal journal = new RecordingJournal();
        Target target = fleet.target(3);
        SshExecutor executor = fleet.executor();
        int run = ++fence;

        until(
                () ->
                        executor.execute(
                                Works.work(
                                        target,
                                        run,
                                        ++fence,
                                        reboot,
                                        command(null, "touch /srv/after")),
                                journal));

        assertInstanceOf(StepResult.Changed.class, journal.results.get("0.1"));
        assertFalse(before.equals(fleet.on(3, "cut -d' ' -f22 /proc/1/stat")));
        assertEquals(
                "1\n", fleet.on(3, "grep -c '0.1 apply-start' /var/lib/quartermaster/journal"));
    }

    @Test
    void a_power_cut_in_mid_step_is_noticed_and_the_step_is_taken_up_again() throws Exception {
        interrupted("stop", "start", "2\n");
    }

    @Test
    void a_network_that_vanishes_is_noticed_and_the_step_is_not_run_again() throws Exception {
        interrupted("cut", "heal", "1\n");
    }

    private void interrupted(String harm, String remedy, String applies) throws Exception {
        Target target = fleet.target(4);
        int run = ++fence;
        SshExecutor executor = fleet.executor();
        AtomicReference<End> end = new AtomicReference<>();
        RecordingJournal journal = new RecordingJournal();
        fleet.on(4, "rm -f /srv/go");
        Thread working =
                Works.start(
                        () ->
                                end.set(
                                        executor.execute(
                                                Works.work(target, run, ++fence, LONG), journal)));
        journal.await(now -> now.output(0).contains("begun"));
        fleet.run(harm, Fleet.name(4));
        assertTrue(working.join(Duration.ofSeconds(25)), "noticed within 25 s");
        assertEquals(
                "connection-lost",
                assertInstanceOf(End.Unreachable.class, end.get()).failure().code());
        assertInstanceOf(
                Inspection.Unreachable.class, executor.inspect(target, new RecordingJournal()));
        fleet.run(remedy, Fleet.name(4));
        fleet.on(4, "touch /srv/go");

        until(() -> executor.execute(Works.work(target, run, ++fence, LONG), journal));

        assertEquals(
                applies,
                fleet.on(
                        4,
                        "grep -c ' " + run + " 0.1 apply-start' /var/lib/quartermaster/journal"));
    }

    @Test
    void a_full_disk_waits_and_goes_on_when_there_is_room() throws Exception {
        Target target = fleet.target(2);
        SshExecutor executor = fleet.executor();
        fleet.run("fill", Fleet.name(2));
        int run = ++fence;
        Step file = new Step.File("/srv/large", "x".repeat(100_000), null, "0644", null, null);

        End full = executor.execute(Works.work(target, run, ++fence, file), new RecordingJournal());
        assertEquals("disk-full", assertInstanceOf(End.Unreachable.class, full).failure().code());
        fleet.run("unfill", Fleet.name(2));

        assertEquals(
                new End.Completed(),
                executor.execute(Works.work(target, run, ++fence, file), new RecordingJournal()));
    }

    @Test
    void another_host_key_ends_the_work() throws Exception {
        Target target = fleet.target(1);
        fleet.run("rekey", Fleet.name(1));

        End end = answer(target);

        assertEquals(Fleet.name(1), assertInstanceOf(End.KeyMismatch.class, end).host());
    }

    /** Its server begins anew with the new key, and refuses connections for a moment. */
    private End answer(Target target) throws Exception {
        while (true) {
            End end =
                    fleet.executor()
                            .execute(
                                    Works.work(target, ++fence, ++fence, LONG),
                                    new RecordingJournal());
            if (!(end instanceof End.Unreachable(_, Duration retryIn))) return end;
            TimeUnit.MILLISECONDS.sleep(retryIn.toMillis());
        }
    }

    /** Comes back, as the runner does, until all is done. */
    private static void until(Callable<End> call) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            Duration pause;
            switch (call.call()) {
                case End.Completed _ -> {
                    return;
                }
                case End.Unreachable(_, Duration retryIn) -> pause = retryIn;
                case End.Stopped(_, StepResult.Pending(Duration retryIn, _)) -> pause = retryIn;
                case End other -> throw new AssertionError(other);
            }
            assertTrue(System.nanoTime() < deadline, "done in a minute and a half");
            assertFalse(
                    new CountDownLatch(1)
                            .await(Math.min(2000, pause.toMillis()), TimeUnit.MILLISECONDS));
        }
    }
}
