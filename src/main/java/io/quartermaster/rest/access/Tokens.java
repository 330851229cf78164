package io.quartermaster.rest.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The bearer tokens that are accepted, kept as hashes, and who comes in with which. */
@Singleton
public final class Tokens {

    /** Shorter ones could be guessed. */
    public static final int SHORTEST = 16;

    /** The actor of whoever signs in with the administrator's token. */
    public static final String ADMIN = "token:admin";

    private final byte[] admin;

    /**
     * @throws IllegalArgumentException when the administrator's token is too short to be one
     */
    @Inject
    public Tokens(@ConfigProperty(name = "quartermaster.admin-token") String adminToken) {
        if (adminToken.strip().length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "QUARTERMASTER_ADMIN_TOKEN has fewer than "
                            + SHORTEST
                            + " characters; take a random one, or unset it to have one generated");
        }
        admin = hash(adminToken.strip());
    }

    /** Who holds the token, or empty when nobody does; takes as long for a nearly right one. */
    public Optional<String> actor(String token) {
        return MessageDigest.isEqual(admin, hash(token)) ? Optional.of(ADMIN) : Optional.empty();
    }

    private static byte[] hash(String token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return sha256.digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
