package io.quartermaster.step;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where steps are executed and how one gets in, over SSH.
 *
 * @param host the host's name, for pins, limits and messages
 * @param address DNS name or IP address
 * @param port 1 to 65535
 * @param user who signs in; empty: nobody can, since the host has no SSH
 * @param hostKeys accepted keys as OpenSSH writes them ({@code ssh-ed25519 AAAA...}),
 *     {@code @cert-authority} lines included; empty: the first contact pins
 * @param bastion jump host to go through, which may have one itself
 */
public record Target(
        String host,
        String address,
        int port,
        String user,
        Become become,
        Credentials credentials,
        List<String> hostKeys,
        @Nullable Target bastion) {

    /** How one becomes root after signing in. Password: the name of a secret. */
    public record Become(Method method, @Nullable String passwordSecret) {

        /** The programs known. */
        public enum Method {
            NONE,
            SUDO,
            DOAS
        }

        /** Stays who signed in. */
        public static final Become NOBODY = new Become(Method.NONE, null);
    }

    /**
     * How one signs in. Secrets stand here by name only; their values never leave the secret
     * source.
     */
    public sealed interface Credentials {

        /** The ways by the names they have in the log; names only ever join this table. */
        Map<String, Class<? extends Credentials>> KINDS =
                Map.of(
                        "private-key", PrivateKey.class,
                        "secret-key", SecretKey.class,
                        "agent", Agent.class,
                        "password", Password.class);

        /**
         * An OpenSSH private key below the directories that the daemon may read.
         *
         * @param certificate path of an OpenSSH user certificate for it
         * @param passphraseSecret name of the secret that opens the key
         */
        record PrivateKey(
                String file, @Nullable String certificate, @Nullable String passphraseSecret)
                implements Credentials {}

        /** A private key kept in the secret store. */
        record SecretKey(String secret) implements Credentials {}

        /** The SSH agent at the daemon's {@code SSH_AUTH_SOCK}. */
        record Agent() implements Credentials {}

        /** A password, also for keyboard-interactive. */
        record Password(String secret) implements Credentials {}
    }
}
