package io.quartermaster.ssh;

import static io.quartermaster.ssh.Works.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wants a run to end is heard, whenever they say so. */
class WishTest extends StepsAtWork {

    @Test
    void a_wish_to_stop_is_granted_between_steps() throws Exception {
        Thread run = running(1, LONG, command(null, "touch never"));
        journal.wish(Wish.STOP);
        awaitFile("stop");
        release();
        run.join();

        assertEquals(new End.Cancelled(1), end.get());
        assertInstanceOf(StepResult.Changed.class, journal.results.get("0.1"));
        assertTrue(Files.notExists(home.resolve("never")));
    }

    @Test
    void a_wish_to_kill_ends_the_step_at_work() throws Exception {
        Thread run = running(1, LONG, command(null, "touch never"));
        journal.wish(Wish.KILL);
        run.join();

        assertEquals(new End.Cancelled(0), end.get());
        assertEquals(
                "step-killed",
                assertInstanceOf(StepResult.Failed.class, journal.results.get("0.1"))
                        .failure()
                        .code());
    }

    @Test
    void a_wish_that_is_there_before_the_host_is_claimed_lets_no_step_begin() throws Exception {
        journal.wish(Wish.STOP);

        assertEquals(
                new End.Cancelled(0),
                executor.execute(
                        Works.work(server.target(), 1, 1, command(null, "touch never")), journal));

        assertTrue(Files.notExists(home.resolve("never")));
        assertEquals(List.of("sending 0-0"), journal.said);
    }

    @Test
    void who_comes_back_with_a_wish_to_stop_waits_for_the_step_at_work_and_begins_no_other()
            throws Exception {
        leaveAlone(LONG, command(null, "touch never"));
        Thread back = comeBack(Wish.STOP, LONG, command(null, "touch never"));
        awaitFile("stop");
        release();
        back.join();

        assertEquals(new End.Cancelled(1), end.get());
        assertInstanceOf(StepResult.Changed.class, journal.results.get("0.1"));
        assertTrue(Files.notExists(home.resolve("never")));
        assertEquals(1, lines("apply-start").size());
    }

    @Test
    void who_comes_back_with_a_wish_to_kill_ends_the_step_at_work() throws Exception {
        leaveAlone(LONG, command(null, "touch never"));
        comeBack(Wish.KILL, LONG, command(null, "touch never")).join();

        assertEquals(new End.Cancelled(0), end.get());
        assertEquals(1, lines(" killed").size());
        assertTrue(Files.notExists(home.resolve("count")));
    }

    @Test
    void who_comes_back_with_a_wish_after_the_worker_died_takes_nothing_up_again()
            throws Exception {
        leaveAlone(LONG);
        killWorker();
        comeBack(Wish.STOP, LONG).join();

        assertEquals(new End.Cancelled(0), end.get());
        assertEquals(1, lines("apply-start").size());
        assertEquals(0, lines("taken-up-again").size());
    }
}
