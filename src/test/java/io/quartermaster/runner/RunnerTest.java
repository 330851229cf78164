package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quartermaster.machine.MachineEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerTest {

    private final RunnerKit kit = new RunnerKit(RunnerKit.step("only", "true"));
    private final Runner runner = kit.behind();

    private void perform() throws InterruptedException {
        for (DueRun run : runner.claim()) runner.perform(run);
    }

    @Test
    void a_view_that_is_behind_does_not_make_the_runner_spin() throws InterruptedException {
        perform();
        assertEquals(new MachineEvent.BecameReady(), kit.last());

        assertEquals(List.of(), runner.claim());

        kit.now = kit.now.plusMillis(150);
        assertEquals(1, runner.claim().size());
    }

    @Test
    void an_interrupt_that_came_too_late_does_not_keep_the_lease() throws InterruptedException {
        kit.script(
                (work, journal) -> {
                    Thread.currentThread().interrupt();
                    throw new RunLost("taken over");
                });

        perform();

        assertFalse(Thread.interrupted());
        kit.now = kit.now.plusSeconds(1);
        assertEquals(1, runner.claim().size());
    }

    @Test
    void what_is_no_longer_due_is_left_alone_when_it_is_claimed_again()
            throws InterruptedException {
        perform();
        var before = kit.events();
        kit.now = kit.now.plusSeconds(1);

        perform();

        assertEquals(before, kit.events());
        assertEquals(0, runner.active());
    }

    @Test
    void a_clock_that_is_set_back_holds_nothing_up() throws InterruptedException {
        perform();
        kit.now = kit.now.minusSeconds(3_600);
        assertEquals(1, runner.claim().size());
    }
}
