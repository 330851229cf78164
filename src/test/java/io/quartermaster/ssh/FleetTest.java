package io.quartermaster.ssh;

import static io.quartermaster.ssh.Works.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Failure;
import io.quartermaster.step.Step;
import io.quartermaster.step.Step.Packages.State;
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

/** Steps that need root, and harm that only real hosts can come to. */
@Tag("fleet")
class FleetTest {
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
    void a_whole_plan_changes_a_host_once() throws Exception {
        List<Step> plan = plan();
        RecordingJournal first = new RecordingJournal();
        RecordingJournal second = new RecordingJournal();

        assertEquals(new End.Completed(), execute(fleet.target(1), first, plan));
        assertEquals(new End.Completed(), execute(fleet.target(1), second, plan));

        assertTrue(
                first.results.values().stream().allMatch(StepResult.Changed.class::isInstance),
                first.said::toString);
        assertTrue(
                second.results.values().stream().allMatch(StepResult.Unchanged.class::isInstance),
                second.said::toString);
        assertEquals(
                "active\nenabled\n",
                fleet.on(1, "systemctl is-active app; systemctl is-enabled app"));
        assertEquals(
                "app:games\n700 600\nfine\n",
                fleet.on(
                        1,
                        "stat -c %U:%G /srv/app/conf;"
                                + "stat -c %a /srv/app/home/.ssh /srv/app/home/.ssh/authorized_keys | xargs;"
                                + "su app -s /bin/sh -c 'sudo -n echo fine'"));
    }

    private static List<Step> plan() {
        String unit =
                "[Service]\nExecStart=/bin/sleep infinity\nUser=app\n[Install]\nWantedBy=multi-user.target\n";
        return List.of(
                new Step.Directory("/srv/app", "0755", null, null),
                new Step.User(
                        "app",
                        "/bin/sh",
                        "/srv/app/home",
                        List.of("games"),
                        List.of("ssh-ed25519 AAAA one"),
                        Step.Sudo.WITHOUT_PASSWORD,
                        true),
                new Step.File("/srv/app/conf", "port = 1\n", null, "0640", "app", "games"),
                command(
                        "[ -e /srv/app.deb ]",
                        "mkdir -p /tmp/p/DEBIAN && printf 'Package: tiny\\nVersion: 1\\n"
                                + "Architecture: all\\nMaintainer: x <x@example.com>\\nDescription: x\\n'"
                                + " >/tmp/p/DEBIAN/control"
                                + " && dpkg-deb -b /tmp/p /srv/app.deb"),
                new Step.Packages(List.of(), List.of("/srv/app.deb"), State.PRESENT),
                new Step.Service("app", unit, true, true, List.of("step 2")));
    }

    @Test
    void a_changed_file_restarts_the_service_that_names_it() throws Exception {
        Step service = new Step.Service("dbus", null, true, true, List.of("step 0"));
        String before = fleet.on(2, "systemctl show -p ActiveEnterTimestampMonotonic dbus");
        RecordingJournal journal = new RecordingJournal();

        execute(fleet.target(2), journal, List.of(command("false", "true"), service));
        execute(fleet.target(2), journal, List.of(command(null, "true"), service));

        assertInstanceOf(StepResult.Changed.class, journal.results.get("1.1"));
        assertFalse(
                before.equals(fleet.on(2, "systemctl show -p ActiveEnterTimestampMonotonic dbus")));
    }

    @Test
    void an_unknown_package_and_an_unknown_service_are_called_so() throws Exception {
        assertEquals(
                "package-unknown",
                failure(
                                fleet.target(2),
                                new Step.Packages(
                                        List.of("no-such-thing"), List.of(), State.PRESENT))
                        .code());
        assertEquals(
                "service-unknown",
                failure(
                                fleet.target(2),
                                new Step.Service("no-such-thing", null, true, true, List.of()))
                        .code());
        assertEquals(
                "group-unknown",
                failure(
                                fleet.target(2),
                                new Step.User(
                                        "someone",
                                        null,
                                        null,
                                        List.of("no-such-group"),
                                        List.of(),
                                        Step.Sudo.NONE,
                                        false))
                        .code());
    }

    @Test
    void sudo_asks_for_the_password_and_gets_it() throws Exception {
        RecordingJournal journal = new RecordingJournal();

        assertEquals(
                new End.Completed(),
                execute(
                        fleet.withPassword(2, "oper"),
                        journal,
                        List.of(command(null, "id -u; cat"))));

        assertEquals("0\n", journal.output(0));
    }

    @Test
    void a_wrong_password_and_none_at_all_are_refused() throws Exception {
        for (String secret : new String[] {"wrong", null}) {
            var unreachable =
                    assertInstanceOf(
                            Inspection.Unreachable.class,
                            fleet.executor()
                                    .inspect(
                                            fleet.withPassword(2, secret), new RecordingJournal()));
            assertEquals("become-refused", unreachable.failure().code());
            assertFalse(unreachable.toString().contains("guess"), unreachable::toString);
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

        End end =
                fleet.executor()
                        .execute(
                                Works.work(target, ++fence, ++fence, LONG), new RecordingJournal());

        assertEquals(Fleet.name(1), assertInstanceOf(End.KeyMismatch.class, end).host());
    }

    private static End execute(Target target, RecordingJournal journal, List<Step> steps)
            throws Exception {
        return fleet.executor()
                .execute(Works.work(target, ++fence, fence, steps.toArray(Step[]::new)), journal);
    }

    private static Failure failure(Target target, Step step) throws Exception {
        End.Stopped stopped =
                assertInstanceOf(
                        End.Stopped.class, execute(target, new RecordingJournal(), List.of(step)));
        return assertInstanceOf(StepResult.Failed.class, stopped.result()).failure();
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
