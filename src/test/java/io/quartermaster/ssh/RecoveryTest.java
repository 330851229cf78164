package io.quartermaster.ssh;

import static io.quartermaster.ssh.Works.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to steps when connections, workers and claims come and go. */
class RecoveryTest extends StepsAtWork {
    @Test
    void a_cut_connection_is_not_a_failure_of_the_step() throws Exception {
        Thread run = running(1, LONG);
        server.cutConnections();
        run.join();

        End.Unreachable cut = assertInstanceOf(End.Unreachable.class, end.get());
        assertEquals("connection-lost", cut.failure().code());
        assertTrue(journal.results.isEmpty());
        release();
    }

    @Test
    void many_cuts_lead_to_one_apply() throws Exception {
        for (int fence = 1; fence <= 5; fence++) {
            Thread run = running(fence, LONG, command(null, "echo y >>count"));
            server.cutConnections();
            run.join();
        }
        release();
        RecordingJournal last = new RecordingJournal();

        assertEquals(
                new End.Completed(),
                executor.execute(
                        Works.work(server.target(), 1, 6, LONG, command(null, "echo y >>count")),
                        last));

        assertEquals("x\ny\n", Files.readString(home.resolve("count")));
        assertEquals(2, lines("apply-start").size());
    }

    @Test
    void a_new_claim_with_other_steps_waits_for_the_step_at_work_and_the_old_claim_starts_no_more()
            throws Exception {
        Thread old = running(1, LONG, command(null, "touch old"));
        RecordingJournal newer = new RecordingJournal();
        Thread next =
                Works.start(
                        () ->
                                executor.execute(
                                        Works.work(
                                                server.target(),
                                                1,
                                                2,
                                                LONG,
                                                command(null, "touch new")),
                                        newer));
        newer.await(now -> now.output(0).contains("begun"));
        release();
        old.join();
        next.join();

        assertEquals(new End.Fenced(2), end.get());
        assertTrue(Files.exists(home.resolve("new")) && Files.notExists(home.resolve("old")));
        assertEquals("x\n", Files.readString(home.resolve("count")));
    }

    @Test
    void a_worker_that_died_is_replaced_and_the_step_is_checked_first() throws Exception {
        Step step =
                command(
                        "[ -e done ]",
                        "echo begun; touch done; until [ -e go ]; do sleep 0.05; done");
        Thread run = running(1, step);
        killWorker();
        run.join();

        assertEquals(
                "worker-lost", assertInstanceOf(End.Unreachable.class, end.get()).failure().code());
        RecordingJournal again = new RecordingJournal();
        executor.execute(Works.work(server.target(), 1, 2, step), again);
        assertInstanceOf(StepResult.Unchanged.class, again.results.get("0.1"));
        assertEquals(1, lines("taken-up-again").size());
    }

    @Test
    void a_step_that_never_survives_fails_after_three_tries() throws Exception {
        Step suicide = command(null, "kill -9 -$(cut -d' ' -f1 <.quartermaster/worker)");
        for (int fence = 1; fence <= 3; fence++) {
            End lost = executor.execute(Works.work(server.target(), 1, fence, suicide), journal);
            assertEquals(
                    "worker-lost", assertInstanceOf(End.Unreachable.class, lost).failure().code());
        }

        executor.execute(Works.work(server.target(), 1, 4, suicide), journal);

        var failed = assertInstanceOf(StepResult.Failed.class, journal.results.get("0.1"));
        assertEquals("step-lost", failed.failure().code());
    }

    @Test
    void a_step_over_its_time_is_killed_with_all_its_processes() throws Exception {
        Step step = command(null, "sleep 98765 & echo waiting; sleep 98765");

        executor.execute(Works.work(server.target(), 1, 1, Duration.ofSeconds(1), step), journal);

        var failed = assertInstanceOf(StepResult.Failed.class, journal.results.get("0.1"));
        assertEquals("step-timeout", failed.failure().code());
        assertEquals(
                "it was not done within 1 s and was killed; its last line is: waiting",
                failed.failure().reason());
        assertTrue(
                ProcessHandle.allProcesses()
                        .noneMatch(
                                process ->
                                        process.info().commandLine().orElse("").contains("98765")));
    }

    @Test
    void who_is_interrupted_stays_so_whatever_else_goes_wrong() throws Exception {
        var torn =
                new RecordingJournal() {
                    @Override
                    public void started(int index, int attempt) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("the database was interrupted");
                    }
                };
        var work = Works.work(server.target(), 1, 1, command(null, "true"));

        assertThrows(IllegalStateException.class, () -> executor.execute(work, torn));

        assertTrue(Thread.interrupted());
    }

    @Test
    void output_without_end_is_cut_and_the_step_goes_on() throws Exception {
        Step step = command(null, "yes | head -c 30000000; sleep 1.5; echo the end; false");

        executor.execute(Works.work(server.target(), 1, 1, step), journal);

        var failed = assertInstanceOf(StepResult.Failed.class, journal.results.get("0.1"));
        assertTrue(
                failed.failure().reason().endsWith("its last line is: the end"), failed::toString);
        assertTrue(
                journal.output(0).length() < 2_000_000, () -> "kept " + journal.output(0).length());
        assertTrue(journal.output(0).contains("[output beyond 1 MiB is not kept]"));
    }

    @Test
    void nothing_of_a_run_is_left_running_or_lying_about() throws Exception {
        executor.execute(Works.work(server.target(), 1, 1, command(null, "echo ok")), journal);
        // Waits for the worker, which tidies up after it has reported.
        server.close();

        try (var left = Files.list(home.resolve(".quartermaster"))) {
            assertEquals(
                    List.of(),
                    left.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("in."))
                            .toList());
        }
    }
}
