package io.quartermaster.ssh;

import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/**
 * A real SSH server inside the test's process, whose commands are run by the machine's own sh as
 * the user of the test, with a throw-away directory for a home.
 */
final class TestSshServer implements AutoCloseable {
    static final String USER = "tester";
    static final String PASSWORD = "open \"sesame\" 'now'";

    private final Path home;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<LocalCommand> commands = new CopyOnWriteArrayList<>();
    private volatile KeyPair hostKey = ecKey();

    private TestSshServer(Path home, String path) {
        this.home = home;
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator(
                (user, password, _) -> USER.equals(user) && PASSWORD.equals(password));
        server.setCommandFactory(
                (_, command) -> {
                    LocalCommand local = new LocalCommand(command, home, path);
                    commands.add(local);
                    return local;
                });
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    }

    /** Starts one on a free port of loopback, whose commands are run by the machine's sh. */
    static TestSshServer start(Path home) {
        return start(home, System.getenv("PATH"));
    }

    /** The same with other programs: those of the directories in {@code path}, sh among them. */
    static TestSshServer start(Path home, String path) {
        TestSshServer started = new TestSshServer(home, path);
        started.listen();
        return started;
    }

    private void listen() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server itself, to make it behave differently. */
    SshServer server() {
        return server;
    }

    /** The host key as OpenSSH writes it. */
    String hostKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** Shows another key from the next connection on. */
    void changeHostKey() {
        hostKey = ecKey();
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    }

    /** Where to find it, with its key pinned and the right password. */
    Target target() {
        return target(List.of(hostKey()), "password");
    }

    Target target(List<String> pins, String passwordSecret) {
        return new Target(
                "host-" + server.getPort(),
                "127.0.0.1",
                server.getPort(),
                USER,
                Become.NOBODY,
                new Credentials.Password(passwordSecret),
                pins,
                null);
    }

    /** Ends every connection without a word, as a cut network does for both sides in the end. */
    void cutConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() {
        try {
            commands.forEach(LocalCommand::hangUp);
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessHandle.allProcesses().filter(this::worksBelowHome).forEach(TestSshServer::awaitEnd);
    }

    /** Workers are detached, so they may still tidy up when everything else is over. */
    private boolean worksBelowHome(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(home + "/");
    }

    private static void awaitEnd(ProcessHandle worker) {
        worker.onExit()
                .completeOnTimeout(worker, 10, TimeUnit.SECONDS)
                .thenAccept(ProcessHandle::destroyForcibly)
                .join();
    }

    private static KeyPair ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
