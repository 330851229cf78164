package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Failure;
import io.quartermaster.step.StepExecutor.Inspection;
import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way into the system's own sshd. */
class SignInTest {
    @TempDir Path keys;
    @TempDir Path home;

    private OpenSshd sshd;

    @BeforeEach
    void start() throws Exception {
        sshd = OpenSshd.start(keys, home);
    }

    @AfterEach
    void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519,",
        "ed25519,pass phrase",
        "ecdsa,",
        "ecdsa,pass phrase",
        "rsa,",
        "rsa,pass phrase"
    })
    void with_a_private_key(String type, String passphrase) throws Exception {
        OpenSshd.keygen(keys, type, "mine", passphrase == null ? "" : passphrase);
        sshd.allow("mine");

        seen(new Credentials.PrivateKey("mine", null, passphrase == null ? null : "passphrase"));
    }

    @Test
    void with_a_private_key_of_the_secret_store() throws Exception {
        sshd.allow("user");

        seen(new Credentials.SecretKey("key"));
    }

    @ParameterizedTest
    @CsvSource({"ed25519", "ecdsa"})
    void with_a_certificate(String type) throws Exception {
        OpenSshd.keygen(keys, type, "mine", "");
        OpenSshd.sign(keys, "-n", System.getProperty("user.name"), "-I", "me", "mine.pub");

        seen(new Credentials.PrivateKey("mine", "mine-cert.pub", null));
    }

    @Test
    void with_an_agent() throws Exception {
        OpenSshd.keygen(keys, "rsa", "first", "");
        sshd.allow("user");
        Path socket = keys.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            agent.inputReader().readLine();
            for (String key : List.of("first", "user")) {
                OpenSshd.run(keys, "env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key);
            }

            assertInstanceOf(
                    Inspection.Seen.class,
                    executor(socket)
                            .inspect(target(new Credentials.Agent()), new RecordingJournal()));
        } finally {
            agent.destroy();
        }
    }

    @Test
    void a_key_that_is_not_let_in_is_named() throws Exception {
        Failure failure = refused(new Credentials.PrivateKey("user", null, null));

        assertEquals("sign-in-refused", failure.code());
        assertTrue(
                failure.reason().contains("does not accept the key user for user "),
                failure::toString);
    }

    @Test
    void a_key_that_cannot_be_used_is_pointless_to_try() throws Exception {
        OpenSshd.keygen(keys, "ed25519", "locked", "something else");

        for (var credentials :
                List.of(
                        new Credentials.PrivateKey("locked", null, null),
                        new Credentials.PrivateKey("locked", null, "passphrase"),
                        new Credentials.PrivateKey("locked", null, "absent"),
                        new Credentials.PrivateKey("../absent", null, null),
                        new Credentials.Agent())) {
            Failure failure = refused(credentials);
            assertEquals("credentials-unusable", failure.code());
            assertEquals(Failure.Retry.POINTLESS, failure.retry());
        }
    }

    @Test
    void a_host_certificate_of_a_pinned_authority_is_accepted() throws Exception {
        sshd.allow("user");
        String pin = "@cert-authority * " + sshd.publicKey("authority");

        assertInstanceOf(Inspection.Seen.class, inspect(List.of(pin), null));
    }

    @Test
    void a_host_certificate_of_another_authority_is_not() throws Exception {
        OpenSshd.keygen(keys, "ed25519", "stranger", "");
        String pin = "@cert-authority * " + sshd.publicKey("stranger");

        assertInstanceOf(Inspection.KeyMismatch.class, inspect(List.of(pin), null));
    }

    @Test
    void an_authority_cannot_be_shown_as_a_host_key() throws Exception {
        String pin = "@cert-authority * " + sshd.publicKey("host");

        assertInstanceOf(Inspection.KeyMismatch.class, inspect(List.of(pin), null));
    }

    @Test
    void through_two_bastions_each_with_its_own_pin() throws Exception {
        sshd.allow("user");
        Target outer = sshd.target(user(), List.of(sshd.publicKey("host")), null);
        Target inner =
                sshd.target(
                        user(), List.of("@cert-authority * " + sshd.publicKey("authority")), outer);

        assertInstanceOf(Inspection.Seen.class, inspect(List.of(sshd.publicKey("host")), inner));
    }

    @Test
    void a_bastion_with_another_key_stops_everything() throws Exception {
        sshd.allow("user");
        Target bastion = sshd.target(user(), List.of(sshd.publicKey("user")), null);

        var mismatch =
                assertInstanceOf(
                        Inspection.KeyMismatch.class,
                        inspect(List.of(sshd.publicKey("host")), bastion));
        assertEquals(sshd.publicKey("host"), mismatch.shown());
    }

    private static Credentials user() {
        return new Credentials.PrivateKey("user", null, null);
    }

    private void seen(Credentials credentials) throws Exception {
        assertInstanceOf(
                Inspection.Seen.class,
                executor(null).inspect(target(credentials), new RecordingJournal()));
    }

    private Failure refused(Credentials credentials) throws Exception {
        return assertInstanceOf(
                        Inspection.Unreachable.class,
                        executor(null).inspect(target(credentials), new RecordingJournal()))
                .failure();
    }

    private Inspection inspect(List<String> pins, Target bastion) throws Exception {
        return executor(null).inspect(sshd.target(user(), pins, bastion), new RecordingJournal());
    }

    private Target target(Credentials credentials) throws Exception {
        return sshd.target(credentials, List.of(sshd.publicKey("host")), null);
    }

    private SshExecutor executor(Path agent) {
        return new SshExecutor(
                SshSettings.DEFAULTS, this::secret, new AllowedDirectories(List.of(keys)), agent);
    }

    private Optional<char[]> secret(String name) {
        try {
            return switch (name) {
                case "passphrase" -> Optional.of("pass phrase".toCharArray());
                case "key" -> Optional.of(Files.readString(keys.resolve("user")).toCharArray());
                default -> Optional.empty();
            };
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
