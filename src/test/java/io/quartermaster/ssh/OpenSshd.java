package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system's own sshd, run without privileges on a port of loopback, with keys and an authority
 * of its own.
 */
public final class OpenSshd implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path directory;
    private final Path home;
    private final int port;
    private final Process process;

    private OpenSshd(Path directory, Path home, int port, Process process) {
        this.directory = directory;
        this.home = home;
        this.port = port;
        this.process = process;
    }

    /** Starts one; the test is skipped where there is no OpenSSH. */
    public static OpenSshd start(Path directory, Path home)
            throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(SSHD),
                "OpenSSH's server is not installed (Debian: openssh-server)");
        // Where it runs as root, sshd insists on this directory; without root it does not look.
        assumeTrue(
                !root() || Files.isDirectory(Path.of("/run/sshd")) || mkdir("/run/sshd"),
                "/run/sshd is missing");
        keygen(directory, "ed25519", "host", "");
        keygen(directory, "ed25519", "authority", "");
        keygen(directory, "ed25519", "user", "");
        sign(directory, "-h", "-n", "127.0.0.1", "-I", "host", "host.pub");
        int port = freePort();
        Path config =
                Files.writeString(directory.resolve("sshd_config"), config(directory, home, port));
        Process process =
                new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                        .redirectErrorStream(true)
                        .start();
        awaitListening(process);
        return new OpenSshd(directory, home, port, process);
    }

    private static String config(Path directory, Path home, int port) {
        return """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s/host
                HostCertificate %s/host-cert.pub
                TrustedUserCAKeys %s/authority.pub
                AuthorizedKeysFile %s/authorized_keys
                StrictModes no
                UsePAM no
                PidFile none
                SetEnv HOME=%s
                """
                .formatted(port, directory, directory, directory, directory, home);
    }

    /** Lets a public key of the directory in. */
    public void allow(String key) throws IOException {
        Files.copy(
                directory.resolve(key + ".pub"),
                directory.resolve("authorized_keys"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    public int port() {
        return port;
    }

    /** The file of a private key of the directory. */
    public Path key(String name) {
        return directory.resolve(name);
    }

    Target target(Credentials credentials, List<String> pins, @Nullable Target bastion) {
        return new Target(
                "openssh",
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                Become.NOBODY,
                credentials,
                pins,
                bastion);
    }

    /** A line of a public key file, without its comment. */
    String publicKey(String name) throws IOException {
        String[] words = Files.readString(directory.resolve(name + ".pub")).split(" ");
        return words[0] + " " + words[1].strip();
    }

    Path home() {
        return home;
    }

    static void keygen(Path directory, String type, String name, String passphrase)
            throws IOException, InterruptedException {
        run(directory, "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", name);
    }

    /** Has the authority sign a public key. */
    static void sign(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-s", "authority"));
        words.addAll(List.of(arguments));
        run(directory, words.toArray(String[]::new));
    }

    static void run(Path directory, String... words) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(words).directory(directory.toFile()).inheritIO().start();
        assertEquals(0, process.waitFor(), () -> String.join(" ", words));
    }

    private static void awaitListening(Process process) throws IOException {
        BufferedReader log = process.inputReader();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.startsWith("Server listening")) {
                Thread.startVirtualThread(() -> log.lines().forEach(_ -> {}));
                return;
            }
        }
        throw new IOException("sshd ended before it listened");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean mkdir(String path) throws IOException {
        Files.createDirectory(
                Path.of(path),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return true;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
