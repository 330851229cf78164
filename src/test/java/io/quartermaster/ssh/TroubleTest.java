package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Failure;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepExecutor.Inspection;
import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Far sides that do not behave, and what is said about them. */
@Timeout(60)
class TroubleTest {
    private static final SshSettings IMPATIENT =
            new SshSettings(
                    "/var/lib/quartermaster",
                    ".quartermaster",
                    Duration.ofMillis(500),
                    Duration.ofMillis(1500),
                    Duration.ofMillis(300),
                    Duration.ofMillis(900),
                    Duration.ofSeconds(7),
                    1,
                    1);

    // A shell whose connection was cut may still be writing its last file there.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path home;

    private final SshExecutor executor =
            new SshExecutor(IMPATIENT, Works::secret, new AllowedDirectories(List.of()), null);

    @Test
    void a_port_nobody_listens_on_refuses_connections() throws Exception {
        int port;
        try (ServerSocket socket = listening()) {
            port = socket.getLocalPort();
        }

        assertEquals("connection-refused", failure(at("127.0.0.1", port)).code());
    }

    @Test
    void a_name_nobody_knows_is_called_so() throws Exception {
        assertEquals("address-unknown", failure(at("no-such-host.invalid", 22)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-slow\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"})
    void a_far_side_that_falls_silent_is_given_up(String greeting) throws Exception {
        try (ServerSocket socket = listening()) {
            Works.start(() -> say(socket, greeting, false));

            Failure failure = failure(at("127.0.0.1", socket.getLocalPort()));

            assertEquals("connect-timeout", failure.code());
            assertEquals(Failure.Retry.WORTHWHILE, failure.retry());
        }
    }

    @Test
    void a_far_side_that_talks_without_end_is_given_up() throws Exception {
        try (ServerSocket socket = listening()) {
            Works.start(() -> say(socket, "nonsense\r\n", true));

            assertTrue(
                    List.of("connect-timeout", "not-ssh", "connection-lost")
                            .contains(failure(at("127.0.0.1", socket.getLocalPort())).code()));
        }
    }

    @Test
    void a_bastion_that_cannot_reach_the_host_says_so() throws Exception {
        try (TestSshServer bastion = TestSshServer.start(home)) {
            int port;
            try (ServerSocket socket = listening()) {
                port = socket.getLocalPort();
            }
            Target behind = at("127.0.0.1", port);
            Target target =
                    new Target(
                            "behind",
                            behind.address(),
                            port,
                            "u",
                            Become.NOBODY,
                            behind.credentials(),
                            List.of(),
                            bastion.target());

            Failure failure = failure(target);

            assertTrue(
                    failure.reason().contains("behind (127.0.0.1 port " + port + ")"),
                    failure::toString);
            assertEquals(Failure.Retry.WORTHWHILE, failure.retry());
        }
    }

    @Test
    void no_more_connections_are_open_than_allowed_and_none_stays() throws Exception {
        try (TestSshServer server = TestSshServer.start(home)) {
            List<Thread> all =
                    List.of(1, 2, 3, 4).stream()
                            .map(
                                    number ->
                                            Works.start(
                                                    () -> {
                                                        executor.inspect(
                                                                server.target(),
                                                                new RecordingJournal());
                                                        assertTrue(executor.openConnections() <= 1);
                                                    }))
                            .toList();
            for (Thread one : all) {
                one.join();
            }

            assertEquals(0, executor.openConnections());
            assertInstanceOf(
                    Inspection.Seen.class,
                    executor.inspect(server.target(), new RecordingJournal()));
        }
    }

    @Test
    void a_daemon_that_stops_leaves_the_target_working() throws Exception {
        try (TestSshServer server = TestSshServer.start(home)) {
            RecordingJournal journal = new RecordingJournal();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            var step =
                    Works.command(
                            null, "echo begun; until [ -e go ]; do sleep 0.05; done; touch done");
            Thread run =
                    Thread.ofVirtual()
                            .unstarted(
                                    () ->
                                            thrown.set(
                                                    assertThrows(
                                                            InterruptedException.class,
                                                            () ->
                                                                    executor.execute(
                                                                            Works.work(
                                                                                    server.target(),
                                                                                    1,
                                                                                    1,
                                                                                    step),
                                                                            journal))));
            run.start();
            journal.await(now -> now.output(0).contains("begun"));
            run.interrupt();
            run.join();
            Files.createFile(home.resolve("go"));

            assertInstanceOf(InterruptedException.class, thrown.get());
            assertEquals(
                    new End.Completed(),
                    executor.execute(
                            Works.work(server.target(), 1, 2, step), new RecordingJournal()));
            assertTrue(Files.exists(home.resolve("done")));
        }
    }

    @Test
    void a_journal_that_cannot_record_the_first_contact_stops_the_sign_in() throws Exception {
        try (TestSshServer server = TestSshServer.start(home)) {
            RecordingJournal refusing =
                    new RecordingJournal() {
                        @Override
                        public void firstContact(String host, String key) {
                            throw new IllegalStateException("the database is away");
                        }
                    };

            assertThrows(
                    IllegalStateException.class,
                    () -> executor.inspect(server.target(List.of(), "password"), refusing));
            try (var made = Files.list(home)) {
                assertFalse(made.findAny().isPresent());
            }
        }
    }

    private Failure failure(Target target) throws InterruptedException {
        return assertInstanceOf(
                        Inspection.Unreachable.class,
                        executor.inspect(target, new RecordingJournal()))
                .failure();
    }

    private static Target at(String address, int port) {
        return new Target(
                "far",
                address,
                port,
                "u",
                Become.NOBODY,
                new Credentials.Password("password"),
                List.of(),
                null);
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /**
     * Accepts one connection, says something, once or for as long as somebody listens, and reads
     * without an answer.
     */
    private static void say(ServerSocket socket, String text, boolean forever) {
        try (Socket accepted = socket.accept()) {
            OutputStream out = accepted.getOutputStream();
            do {
                out.write(text.getBytes(StandardCharsets.US_ASCII));
            } while (forever);
            accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The other side hung up, which is what the tests wait for.
        }
    }
}
