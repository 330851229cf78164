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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that need root, on real hosts. */
@Tag("fleet")
class FleetTest {
    @TempDir static Path directory;

    private static Fleet fleet;
    private static int fence;

    @BeforeAll
    static void up() throws Exception {
        fleet = Fleet.up(2, directory);
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
}
