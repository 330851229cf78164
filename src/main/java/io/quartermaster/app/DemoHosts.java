package io.quartermaster.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * SSH servers on loopback ports. They sign in by key only and execute real commands of this
 * machine; what a host may call its own is a directory, which is also its home.
 */
final class DemoHosts implements AutoCloseable {

    private static final String USER = "demo";
    private static final int KEY_BITS = 3072;

    private final Path root;
    private final List<SshServer> servers = new ArrayList<>();

    private DemoHosts(Path root) {
        this.root = root;
    }

    /**
     * Starts hosts whose directories lie below {@code root}, with the inventory and the key that
     * lead to them.
     */
    static DemoHosts start(Path root, int count, SecureRandom random)
            throws IOException, GeneralSecurityException {
        DemoHosts hosts = new DemoHosts(root);
        KeyPair client = keyPair(random);
        hosts.writeKey(client);
        for (int number = 1; number <= count; number++) {
            hosts.add(number, client, keyPair(random));
        }
        Files.writeString(hosts.inventory(), hosts.inventoryText());
        return hosts;
    }

    /** The inventory that names the hosts. */
    Path inventory() {
        return root.resolve("hosts.ini");
    }

    private Path key() {
        return root.resolve("keys").resolve("demo");
    }

    private Path home(int number) {
        return root.resolve(name(number));
    }

    private static String name(int number) {
        return "demo-" + number;
    }

    private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS, random);
        return generator.generateKeyPair();
    }

    private void writeKey(KeyPair client) throws IOException, GeneralSecurityException {
        Files.createDirectories(key().getParent());
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(key(), ownerOnly);
        try (OutputStream file = Files.newOutputStream(key())) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(client, USER, null, file);
        }
    }

    private void add(int number, KeyPair client, KeyPair host) throws IOException {
        Path home = Files.createDirectories(home(number));
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator(
                (user, key, session) ->
                        user.equals(USER) && KeyUtils.compareKeys(key, client.getPublic()));
        server.setCommandFactory(
                (channel, command) -> {
                    String[] words = {"env", "HOME=" + home, "sh", "-c", command};
                    return new ProcessShellFactory(command, words).createShell(channel);
                });
        server.start();
        servers.add(server);
    }

    private String inventoryText() {
        StringBuilder text = new StringBuilder("[demo]\n");
        for (int number = 1; number <= servers.size(); number++) {
            text.append(name(number))
                    .append(" ansible_host=127.0.0.1 ansible_port=")
                    .append(servers.get(number - 1).getPort())
                    .append(" root=")
                    .append(home(number))
                    .append('\n');
        }
        return text.append("\n[demo:vars]\nansible_user=")
                .append(USER)
                .append("\nansible_ssh_private_key_file=")
                .append(key())
                .append('\n')
                .toString();
    }

    @Override
    public void close() throws IOException {
        for (SshServer server : servers) {
            server.close(true);
        }
    }
}
