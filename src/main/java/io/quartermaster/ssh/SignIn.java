package io.quartermaster.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import io.quartermaster.step.Target;
import io.quartermaster.step.Target.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;

/** Turns credentials, in which secrets are names, into an authenticated connection. */
record SignIn(SecretSource secrets, SourceFiles files, @Nullable Path agentSocket) {
    private static final long MAX_KEY_BYTES = 64 * 1024;

    /** Credentials that cannot be used, whatever the host says. */
    static final class UnusableCredentials extends IOException {
        UnusableCredentials(String message) {
            super(message);
        }
    }

    /** Signs in on a connection whose host key is verified. */
    void signIn(SSHClient client, Target target) throws IOException {
        switch (target.credentials()) {
            case Credentials.PrivateKey key -> client.auth(target.user(), publicKey(client, key));
            case Credentials.SecretKey key -> client.auth(target.user(), publicKey(client, key));
            case Credentials.Agent _ -> client.auth(target.user(), agentKeys());
            case Credentials.Password password -> withPassword(client, target.user(), password);
        }
    }

    /** The value of a secret that must be there. */
    char[] require(String name) throws UnusableCredentials {
        return secrets.secret(name)
                .orElseThrow(
                        () -> new UnusableCredentials("there is no secret named \"" + name + "\""));
    }

    private List<AuthMethod> agentKeys() throws UnusableCredentials {
        if (agentSocket == null) {
            throw new UnusableCredentials(
                    "the daemon was started without an SSH agent (SSH_AUTH_SOCK is not set)");
        }
        Agent agent = new Agent(agentSocket);
        List<AuthMethod> methods = new ArrayList<>();
        try {
            for (byte[] key : agent.keys()) {
                methods.add(new AgentMethod(agent, key));
            }
        } catch (IOException e) {
            throw new UnusableCredentials("the SSH agent cannot be asked: " + e.getMessage());
        }
        if (methods.isEmpty()) {
            throw new UnusableCredentials("the SSH agent holds no key");
        }
        return methods;
    }

    private void withPassword(SSHClient client, String user, Credentials.Password password)
            throws IOException {
        char[] value = require(password.secret());
        try {
            // sshj's finder wipes what it hands out, and each of the two methods asks once.
            AuthMethod direct = new AuthPassword(PasswordUtils.createOneOff(value.clone()));
            AuthMethod asked =
                    new AuthKeyboardInteractive(
                            new PasswordResponseProvider(
                                    PasswordUtils.createOneOff(value.clone())));
            client.auth(user, List.of(direct, asked));
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    private AuthMethod publicKey(SSHClient client, Credentials.PrivateKey key) throws IOException {
        String text = read(key.file());
        char @Nullable [] passphrase =
                key.passphraseSecret() == null ? null : require(key.passphraseSecret());
        Optional<PublicKey> certificate =
                key.certificate() == null
                        ? Optional.empty()
                        : Optional.of(certificate(read(key.certificate())));
        return publicKey(client, text, passphrase, certificate);
    }

    private AuthMethod publicKey(SSHClient client, Credentials.SecretKey key) throws IOException {
        char[] value = require(key.secret());
        try {
            return publicKey(client, new String(value), null, Optional.empty());
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    private static AuthMethod publicKey(
            SSHClient client,
            String text,
            char @Nullable [] passphrase,
            Optional<PublicKey> certificate)
            throws IOException {
        PasswordFinder finder = passphrase == null ? null : PasswordUtils.createOneOff(passphrase);
        KeyProvider plain = client.loadKeys(text, null, finder);
        try {
            PrivateKey opened = plain.getPrivate();
            PublicKey shown = certificate.isPresent() ? certificate.get() : plain.getPublic();
            return new AuthPublickey(new Opened(opened, shown));
        } catch (IOException | RuntimeException e) {
            throw new UnusableCredentials(
                    "the private key cannot be opened"
                            + (passphrase == null
                                    ? "; if it is encrypted, name the secret of its passphrase"
                                    : "")
                            + " ("
                            + e.getClass().getSimpleName()
                            + ")");
        }
    }

    private String read(String name) throws UnusableCredentials {
        try {
            Path path = files.resolve(name);
            if (Files.size(path) > MAX_KEY_BYTES) {
                throw new UnusableCredentials(
                        name + " is larger than any key (" + MAX_KEY_BYTES + " bytes)");
            }
            return Files.readString(path);
        } catch (UnusableCredentials e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableCredentials("the key file cannot be read: " + e.getMessage());
        }
    }

    private static PublicKey certificate(String line) throws IOException {
        String[] words = line.strip().split("\\s+");
        try {
            byte[] blob = Base64.getDecoder().decode(words.length > 1 ? words[1] : "");
            if (new Buffer.PlainBuffer(blob).readPublicKey()
                    instanceof Certificate<?> certificate) {
                return certificate;
            }
        } catch (IOException | RuntimeException e) {
            throw new UnusableCredentials(
                    "the certificate cannot be read (" + e.getMessage() + ")");
        }
        throw new UnusableCredentials("the certificate file holds a plain key");
    }

    private record Opened(PrivateKey getPrivate, PublicKey getPublic) implements KeyProvider {
        @Override
        public KeyType getType() {
            return KeyType.fromKey(getPublic);
        }
    }
}
