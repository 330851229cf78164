package io.quartermaster.ssh;

import static io.quartermaster.ssh.Works.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Failure;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepExecutor.Inspection;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a step to a file, over an SSH server of this process and the machine's sh. */
class SshExecutorTest {
    // A shell whose connection was cut may still be writing its last file there.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path home;

    private final RecordingJournal journal = new RecordingJournal();
    private final SshExecutor executor = Works.executor();
    private TestSshServer server;

    @BeforeEach
    void start() {
        server = TestSshServer.start(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void steps_are_checked_applied_and_reported_as_they_come() throws Exception {
        End end =
                executor.execute(
                        work(
                                1,
                                1,
                                command(null, "echo one; touch made"),
                                command("test -e made", "exit 9")),
                        journal);

        assertEquals(new End.Completed(), end);
        assertEquals(
                List.of(
                        "sending 0-1",
                        "started 0.1",
                        "finished 0.1 Changed",
                        "started 1.1",
                        "finished 1.1 Unchanged"),
                journal.said);
        assertEquals("one\n", journal.output(0));
    }

    @Test
    void a_failed_step_stops_the_run_and_says_why() throws Exception {
        End end =
                executor.execute(
                        work(
                                1,
                                1,
                                command(null, "echo before; echo no such luck >&2; exit 3"),
                                command(null, "touch never")),
                        journal);

        var stopped = assertInstanceOf(End.Stopped.class, end);
        Failure failure = assertInstanceOf(StepResult.Failed.class, stopped.result()).failure();
        assertEquals("step-failed", failure.code());
        assertEquals(
                "apply ended with exit status 3; its last line is: no such luck", failure.reason());
        assertTrue(Files.notExists(home.resolve("never")));
    }

    @Test
    void an_attempt_that_the_target_knows_is_reported_from_its_records() throws Exception {
        Work work = work(1, 1, command(null, "echo once >>count"));
        executor.execute(work, journal);
        RecordingJournal again = new RecordingJournal();

        End end = executor.execute(work, again);

        assertEquals(new End.Completed(), end);
        assertEquals(List.of("sending 0-0", "started 0.1", "finished 0.1 Changed"), again.said);
        assertEquals("once\n", Files.readString(home.resolve("count")));
    }

    @Test
    void a_claim_older_than_one_the_host_has_seen_is_refused_whatever_its_machine()
            throws Exception {
        executor.execute(work(7, 70, command(null, "true")), journal);

        End end =
                executor.execute(work(8, 69, command(null, "touch never")), new RecordingJournal());

        assertEquals(new End.Fenced(70), end);
        assertTrue(Files.notExists(home.resolve("never")));
    }

    @Test
    void a_step_outlives_its_connection_and_is_taken_up_by_the_next_claim() throws Exception {
        Step waits =
                command(
                        null,
                        "echo begun; until [ -e go ]; do sleep 0.05; done; echo ended; echo x >>count");
        Thread first = Works.start(() -> executor.execute(work(1, 1, waits), journal));
        journal.await(now -> now.output(0).contains("begun"));
        server.cutConnections();
        first.join();
        RecordingJournal second = new RecordingJournal();
        Thread next =
                Works.start(
                        () ->
                                executor.execute(
                                        work(1, 2, waits, command(null, "echo after")), second));
        second.await(now -> now.output(0).contains("begun"));
        Files.createFile(home.resolve("go"));
        next.join();

        assertEquals("begun\nended\n", second.output(0));
        assertEquals(new StepResult.Changed(), second.results.get("1.1"));
        assertEquals("x\n", Files.readString(home.resolve("count")));
        assertEquals(
                List.of("0.1 apply-start", "0.1 apply-end", "1.1 apply-start", "1.1 apply-end"),
                applies());
    }

    @Test
    void a_host_that_shows_another_key_gets_nothing_to_do() throws Exception {
        Target pinned = server.target();
        server.changeHostKey();

        End end = executor.execute(Works.work(pinned, 1, 1, command(null, "touch never")), journal);

        assertEquals(new End.KeyMismatch(pinned.host(), server.hostKey()), end);
        assertEquals(List.of(), journal.said);
    }

    @Test
    void a_first_contact_is_recorded_before_anything_else_happens() throws Exception {
        Target unknown = server.target(List.of(), "password");

        executor.execute(Works.work(unknown, 1, 1, command(null, "true")), journal);

        assertEquals(List.of(unknown.host() + " " + server.hostKey()), journal.firstContacts);
    }

    @Test
    void a_wrong_password_is_pointless_to_try_again_and_is_not_told() throws Exception {
        End end =
                executor.execute(
                        Works.work(
                                server.target(List.of(server.hostKey()), "wrong"),
                                1,
                                1,
                                command(null, "true")),
                        journal);

        Failure failure = assertInstanceOf(End.Unreachable.class, end).failure();
        assertEquals("sign-in-refused", failure.code());
        assertEquals(Failure.Retry.POINTLESS, failure.retry());
        assertTrue(!failure.toString().contains("guess"), failure::toString);
    }

    @Test
    void a_host_that_nobody_can_sign_in_to_is_refused_for_good() throws Exception {
        var there = server.target();
        var pod =
                new Target(
                        "pod",
                        there.address(),
                        there.port(),
                        "",
                        there.become(),
                        there.credentials(),
                        there.hostKeys(),
                        null);
        var steps = Works.work(pod, 1, 1, command(null, "true"));
        var end = assertInstanceOf(End.Unreachable.class, executor.execute(steps, journal));
        assertEquals("host-without-ssh", end.failure().code());
        assertEquals(Failure.Retry.POINTLESS, end.failure().retry());
        assertInstanceOf(Inspection.Unreachable.class, executor.inspect(pod, journal));
    }

    @Test
    void an_inspection_tells_what_the_host_is_and_changes_nothing() throws Exception {
        var seen =
                assertInstanceOf(Inspection.Seen.class, executor.inspect(server.target(), journal));

        assertEquals(System.getProperty("os.version"), seen.facts().kernel());
        assertEquals(Runtime.getRuntime().availableProcessors(), seen.facts().cpus());
        assertTrue(seen.facts().memoryBytes() > 0 && seen.facts().diskBytes() > 0, seen::toString);
        assertEquals(List.of(), journal.said);
        try (var left = Files.list(home.resolve(".quartermaster"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private List<String> applies() throws Exception {
        return Files.readAllLines(home.resolve(".quartermaster/journal")).stream()
                .map(line -> line.split(" "))
                .map(words -> words[4] + " " + words[5])
                .toList();
    }

    private Work work(int run, long fence, Step... steps) {
        return Works.work(server.target(), run, fence, steps);
    }
}
