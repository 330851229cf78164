package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Step;
import io.quartermaster.step.Step.Wait.Until;
import io.quartermaster.step.StepResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Each kind that needs no root, executed for real by the machine's sh. */
class KindsTest {
    private static final String HOSTILE =
            "a 'quoted' \"text\" $HOME `id` \\ %s\n\n-n\ttab é€😀\n\n";

    // A shell whose connection was cut may still be writing its last file there.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path home;

    @TempDir Path sources;

    private TestSshServer server;
    private int runs;

    @BeforeEach
    void start() {
        server = startServer();
    }

    TestSshServer startServer() {
        return TestSshServer.start(home);
    }

    @AfterEach
    void stop() {
        // There is none where what the test needs is missing.
        if (server != null) server.close();
    }

    @Test
    void a_file_is_written_byte_for_byte_and_left_alone_the_next_time() throws Exception {
        Step file = file(HOSTILE, "0640");

        assertInstanceOf(StepResult.Changed.class, run(file));
        assertEquals(HOSTILE, Files.readString(home.resolve("a file")));
        assertEquals("rw-r-----", mode("a file"));
        assertInstanceOf(StepResult.Unchanged.class, run(file));
    }

    @Test
    void a_changed_file_is_shown_as_a_difference() throws Exception {
        run(file("one\ntwo\n", "0644"));
        RecordingJournal journal = new RecordingJournal();

        assertInstanceOf(StepResult.Changed.class, run(journal, file("one\nthree\n", "0644")));

        assertTrue(journal.output(0).contains("-two\n+three\n"), () -> journal.output(0));
    }

    @Test
    void a_files_mode_alone_is_corrected() throws Exception {
        run(file("x", "0644"));

        assertInstanceOf(StepResult.Changed.class, run(file("x", "0755")));

        assertEquals("rwxr-xr-x", mode("a file"));
        assertInstanceOf(StepResult.Unchanged.class, run(file("x", "0755")));
    }

    @Test
    void a_symbolic_link_is_replaced_and_what_it_points_to_is_not() throws Exception {
        Files.writeString(home.resolve("other"), "precious");
        Files.createSymbolicLink(home.resolve("a file"), home.resolve("other"));

        run(file("mine", "0600"));

        assertEquals("precious", Files.readString(home.resolve("other")));
        assertEquals("mine", Files.readString(home.resolve("a file")));
        assertTrue(!Files.isSymbolicLink(home.resolve("a file")));
    }

    @Test
    void a_file_in_the_place_of_a_directory_fails_and_says_so() throws Exception {
        Files.createDirectory(home.resolve("a file"));

        StepResult.Failed failed =
                assertInstanceOf(StepResult.Failed.class, run(file("x", "0644")));

        assertTrue(failed.failure().reason().endsWith("a file is a directory"), failed::toString);
    }

    @Test
    void a_directory_is_made_with_its_parents() throws Exception {
        Step directory = new Step.Directory(home + "/a/b c/d", "0750", null, null);

        assertInstanceOf(StepResult.Changed.class, run(directory));
        assertEquals("rwxr-x---", mode("a/b c/d"));
        assertInstanceOf(StepResult.Unchanged.class, run(directory));
    }

    @Test
    void a_script_gets_its_arguments_and_runs_once() throws Exception {
        Step script =
                new Step.Script(
                        "#!/bin/sh -u\nprintf '%s|' \"$@\" >\"$1\"\n",
                        null, List.of(home + "/made", HOSTILE, "-n", ""), home + "/made");

        assertInstanceOf(StepResult.Changed.class, run(script));
        assertEquals(home + "/made|" + HOSTILE + "|-n||", Files.readString(home.resolve("made")));
        assertInstanceOf(StepResult.Unchanged.class, run(script));
    }

    @Test
    void a_small_upload_travels_with_the_steps() throws Exception {
        upload(10_000);
    }

    @Test
    void a_large_upload_is_staged_before_the_steps() throws Exception {
        upload(3_000_000);
        try (var staged = Files.list(home.resolve(".quartermaster/uploads"))) {
            assertEquals(List.of(), staged.toList());
        }
    }

    @Test
    void an_upload_that_was_cut_goes_on_where_it_was() throws Exception {
        byte[] bytes = bytes(500_000);
        Files.write(sources.resolve("artefact"), bytes);
        Path uploads = Files.createDirectories(home.resolve(".quartermaster/uploads"));
        byte[] half = Arrays.copyOf(bytes, 200_000);
        Files.write(uploads.resolve(Hashes.sha256(sources.resolve("artefact")) + ".part"), half);

        run(new Step.Upload("artefact", home + "/there", "0644", null, null, null));

        assertArrayEquals(bytes, Files.readAllBytes(home.resolve("there")));
    }

    @Test
    void a_source_outside_the_allowed_directories_is_refused() throws Exception {
        Files.writeString(home.resolve("secret"), "x");
        Files.createSymbolicLink(sources.resolve("link"), home.resolve("secret"));

        for (String name : List.of("link", "../secret", home + "/secret", "absent")) {
            var failed =
                    assertInstanceOf(
                            StepResult.Failed.class,
                            run(new Step.Upload(name, home + "/there", "0644", null, null, null)));
            assertEquals("step-invalid", failed.failure().code());
        }
    }

    @Test
    void a_wait_ends_when_something_listens() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Step wait = new Step.Wait(new Until.Tcp("127.0.0.1", listening.getLocalPort()));

            assertInstanceOf(StepResult.Unchanged.class, run(wait));
        }
    }

    @Test
    void a_wait_that_is_not_fulfilled_in_time_fails() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        Step wait = new Step.Wait(new Until.Succeeds("test -e never"));

        Works.executor()
                .execute(Works.work(server.target(), 1, 1, Duration.ofSeconds(1), wait), journal);

        var failed = assertInstanceOf(StepResult.Failed.class, journal.results.get("0.1"));
        assertEquals("step-timeout", failed.failure().code());
    }

    @Test
    void a_wait_for_a_command_applies_until_it_succeeds() throws Exception {
        Step wait = new Step.Wait(new Until.Succeeds("[ -e seen ] || { touch seen; false; }"));

        assertInstanceOf(StepResult.Changed.class, run(wait));
    }

    @Test
    void a_restart_is_not_made_when_none_of_the_named_steps_changed_anything() throws Exception {
        RecordingJournal journal = new RecordingJournal();

        run(journal, Works.command("true", "true"), new Step.Reboot(List.of("step 0")));

        assertInstanceOf(StepResult.Unchanged.class, journal.results.get("1.1"));
    }

    private void upload(int size) throws Exception {
        byte[] bytes = bytes(size);
        Files.write(sources.resolve("artefact"), bytes);
        Step upload = new Step.Upload("artefact", home + "/there", "0755", null, null, null);

        assertInstanceOf(StepResult.Changed.class, run(upload));
        assertArrayEquals(bytes, Files.readAllBytes(home.resolve("there")));
        assertEquals("rwxr-xr-x", mode("there"));
        assertInstanceOf(StepResult.Unchanged.class, run(upload));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private Step file(String content, String mode) {
        return new Step.File(home + "/a file", content, null, mode, null, null);
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
    }

    private StepResult run(Step step) throws Exception {
        return run(new RecordingJournal(), step);
    }

    private StepResult run(RecordingJournal journal, Step... steps) throws Exception {
        runs++;
        var end =
                Works.executor(sources)
                        .execute(Works.work(server.target(), runs, runs, steps), journal);
        StepResult result = journal.results.get("0.1");
        assertTrue(result != null, end::toString);
        return result;
    }
}
