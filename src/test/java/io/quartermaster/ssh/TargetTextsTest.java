package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Become.Method;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.step.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that targets get, to the letter. */
class TargetTextsTest {
    private final StepText texts = new StepText(new AllowedDirectories(List.of()));

    @Test
    void a_command() throws Exception {
        assertEquals(
                """
                kind=command
                check='test -e '\\''a b'\\'''
                apply='touch "a b"'
                """,
                text(new Step.Command("test -e 'a b'", "touch \"a b\"")));
    }

    @Test
    void a_script_is_run_by_the_interpreter_of_its_first_line() throws Exception {
        assertEquals(
                """
                kind=script
                content='#! /usr/bin/env  python3 -u
                print()'
                creates=''
                run_script() { '/usr/bin/env' 'python3 -u' "$dir/text" 'a' '-b c'; }
                """,
                text(
                        new Step.Script(
                                "#! /usr/bin/env  python3 -u\nprint()",
                                null,
                                List.of("a", "-b c"),
                                null)));
    }

    @Test
    void a_file() throws Exception {
        assertEquals(
                """
                kind=file
                path='/etc/motd'
                mode='640'
                mask='026'
                owner='www'
                group=''
                content='né
                '
                length='4'
                """,
                text(new Step.File("/etc/motd", "né\n", null, "0640", "www", null)));
    }

    @Test
    void a_directory_has_a_mode_that_only_chmod_gives() throws Exception {
        assertEquals(
                """
                kind=directory
                path='/srv/a'
                mode='1755'
                mask=''
                owner=''
                group='www'
                """,
                text(new Step.Directory("/srv/a", "1755", null, "www")));
    }

    @Test
    void a_user() throws Exception {
        assertEquals(
                """
                kind=user
                name='a.b'
                shell='/bin/sh'
                home=''
                groups='adm docker'
                keys='ssh-ed25519 A one
                ssh-ed25519 B two'
                rule='a.b ALL=(ALL:ALL) NOPASSWD: ALL'
                sudoers='/etc/sudoers.d/quartermaster-a_b'
                system='no'
                """,
                text(
                        new Step.User(
                                "a.b",
                                "/bin/sh",
                                null,
                                List.of("adm", "docker"),
                                List.of("ssh-ed25519 A one", "ssh-ed25519 B two"),
                                Step.Sudo.WITHOUT_PASSWORD,
                                false)));
    }

    @Test
    void packages() throws Exception {
        assertEquals(
                """
                kind=package
                names='nginx curl=7.88'
                files='/tmp/a b.deb'
                wanted='latest'
                """,
                text(
                        new Step.Packages(
                                List.of("nginx", "curl=7.88"),
                                List.of("/tmp/a b.deb"),
                                Step.Packages.State.LATEST)));
    }

    @Test
    void a_service() throws Exception {
        assertEquals(
                """
                kind=service
                name='app'
                unit_name='app.service'
                unit=''
                length='0'
                enabled='yes'
                running='no'
                when='config
                keys'
                """,
                text(new Step.Service("app", null, true, false, List.of("config", "keys"))));
    }

    @Test
    void a_wait() throws Exception {
        assertEquals(
                "kind=wait\nwhat='elapsed'\nseconds='2'\n",
                text(new Step.Wait(new Step.Wait.Until.Elapsed(Duration.ofMillis(1001)))));
        assertEquals(
                "kind=wait\nwhat='http'\nurl='http://x/'\nstatus='200'\n",
                text(new Step.Wait(new Step.Wait.Until.Http("http://x/", 200))));
    }

    @Test
    void what_no_target_could_execute_is_refused_with_a_reason() {
        refused(new Step.File("etc/motd", "", null, "0644", null, null), "a path must be absolute");
        refused(
                new Step.File("/etc/motd", "", null, "u+x", null, null),
                "three or four octal digits");
        refused(new Step.File("/etc/motd", "a\0", null, "0644", null, null), "a NUL at position 1");
        refused(
                new Step.User("root ALL", null, null, List.of(), List.of(), Step.Sudo.NONE, false),
                "not a user name");
        refused(
                new Step.User("a", null, null, List.of(), List.of("k\nk"), Step.Sudo.NONE, false),
                "of one line");
        refused(
                new Step.Packages(List.of("-y"), List.of(), Step.Packages.State.PRESENT),
                "not a package name");
        refused(new Step.Service("../x", null, true, true, List.of()), "not a service name");
        refused(new Step.Script(null, null, List.of(), null), "neither content nor source");
    }

    @Test
    void the_command_line_holds_the_mark_and_no_secret() {
        Target target =
                new Target(
                        "h",
                        "10.0.0.1",
                        22,
                        "deploy",
                        new Become(Method.SUDO, "sudo-password"),
                        new Credentials.Agent(),
                        List.of(),
                        null);

        assertEquals(
                "sh -c 'exec sudo -S -p '\\''M prompt#'\\'' sh -c '\\''umask 077;mark=M;"
                        + "state=/var/lib/quartermaster;"
                        + "[ -d \"$state\" ]||mkdir -p \"$state\";if [ -w \"$state\" ];then echo $mark ready;"
                        + "else echo $mark unwritable;exit;fi;true'\\'' 2>&1'",
                new CommandLine(target, SshSettings.DEFAULTS, "M").of("true"));
    }

    @Test
    void a_bundle_says_who_claims_and_starts_with_its_last_line() {
        Work.Task task = task(new Step.Command(null, "true"));
        Work work =
                new Work(
                        "m-1",
                        7,
                        42,
                        new Target(
                                "h",
                                "a",
                                22,
                                "root",
                                Become.NOBODY,
                                new Credentials.Agent(),
                                List.of(),
                                null),
                        List.of(task),
                        Set.of("b", "a"));
        Segment segment = Segment.next(new ArrayDeque<>(work.steps()), texts);

        String text =
                new Bundle(work, segment.steps(), work.changedBefore(), "N", Wish.GO_ON).text();

        assertTrue(
                text.startsWith(
                        "nonce='N'\nfence='42'\nmachine='m-1'\nrun='7'\nwish=''\nsteps='3.2'\ndigests='3.2:"),
                text);
        assertTrue(text.contains("\nchanged='\na\nb\n'\n"), text);
        assertTrue(
                text.endsWith(
                        "limit_of_3=6000\nname_of_3='it'\nstep_3() {\n"
                                + "kind=command\ncheck=''\napply='true'\n}\n"
                                + "main \"$@\" # end\n"),
                text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runner",
                "claim",
                "follow",
                "work",
                "attributes",
                "command",
                "directory",
                "facts",
                "file",
                "package",
                "reboot",
                "script",
                "service",
                "stage",
                "upload",
                "user",
                "wait",
                "wish"
            })
    void every_text_is_understood_by_the_shell(String name, @TempDir Path directory)
            throws Exception {
        Path file = Files.writeString(directory.resolve(name), Resources.sh(name));

        assertEquals(
                0, new ProcessBuilder("sh", "-n", file.toString()).inheritIO().start().waitFor());
    }

    private String text(Step step) throws Exception {
        return texts.assignments(task(step));
    }

    private void refused(Step step, String reason) {
        var refused = assertThrows(StepText.InvalidStep.class, () -> text(step));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
    }

    private static Work.Task task(Step step) {
        PlanStep plan =
                new PlanStep("it", step, null, Duration.ofMinutes(1), 0, Duration.ZERO, null);
        return new Work.Task(3, 2, Work.Mode.APPLY, plan);
    }
}
